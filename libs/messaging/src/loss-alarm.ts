import type { Log } from '@idxcoop/platform';
import type { MessagingMetrics } from './metrics';

const MINUTE = 60_000;
/** For what other processes held, and for clocks that differ. */
const MARGIN = 5 * MINUTE;

/**
 * A queue that vanished took its messages with it. They are still in the outboxes, so the alarm says how to replay them; what
 * was handled already is not handled again.
 */
export class LossAlarm {
  /** Everything published before that was given to a consumer. */
  private safeUntil: number | undefined;
  private isRaised = false;

  constructor(
    private readonly log: Log,
    private readonly metrics: MessagingMetrics,
    private readonly keptFor: number,
  ) {}

  /** The queue was empty, or an event of this time came out of it: queues are in order of publishing. */
  seenUntil(time: number): void {
    if (this.safeUntil === undefined || time > this.safeUntil) this.safeUntil = time;
  }

  /** Once per loss; `settled` arms it again. */
  raise(queue: string, consumers: readonly string[]): void {
    if (this.isRaised) return;
    this.isRaised = true;
    this.metrics.vanished(queue);
    const now = Date.now();
    const from = new Date(this.safeUntil === undefined ? now - this.keptFor : this.safeUntil - MARGIN).toISOString();
    const until = new Date(now + MINUTE).toISOString();
    const commands = consumers.map(
      (consumer) => `npm run ops -- replay --to ${consumer} --from ${from} --until ${until}`,
    );
    this.log.error(
      { alarm: 'queue_vanished', queue, commands },
      `ALARM: queue ${queue} vanished, and with it what it held. Fill the gap by: ${commands.join(' && ')}`,
    );
  }

  settled(): void {
    this.isRaised = false;
  }
}
