import { Inject, Injectable } from '@nestjs/common';
import { serviceOf } from '@idxcoop/contracts';
import { Log } from '@idxcoop/platform';
import { MessagingMetrics } from './metrics';
import { MESSAGING_OPTIONS, type MessagingOptions } from './options';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** For what other processes held, and for clocks that differ. */
const MARGIN = 5 * MINUTE;

/**
 * A queue that vanished took its messages with it. They are still in the outboxes, so the alarm says how to replay them; what
 * was handled already is not handled again.
 */
@Injectable()
export class LossAlarm {
  /** Everything published before that was given to a consumer of the queue of this service. */
  private safeUntil: number | undefined;
  private readonly raised = new Set<string>();

  constructor(
    private readonly log: Log,
    private readonly metrics: MessagingMetrics,
    @Inject(MESSAGING_OPTIONS)
    private readonly options: Pick<MessagingOptions, 'service' | 'subscriptions' | 'outboxDays'>,
  ) {}

  /** The queue of this service was empty, or an event of this time came out of it: queues are in order of publishing. */
  seenUntil(time: number): void {
    if (this.safeUntil === undefined || time > this.safeUntil) this.safeUntil = time;
  }

  /** Once per loss; `settled` arms it again. */
  raise(queue: string): void {
    const consumers = Object.keys(this.options.subscriptions).filter((consumer) => serviceOf(consumer) === queue);
    if (this.raised.has(queue) || consumers.length === 0) return;
    this.raised.add(queue);
    this.metrics.vanished(queue);
    const from = this.gapFrom(queue).toISOString();
    const until = new Date(Date.now() + MINUTE).toISOString();
    const commands = consumers.map(
      (consumer) => `npm run ops -- replay --to ${consumer} --from ${from} --until ${until}`,
    );
    this.log.error(
      { alarm: 'queue_vanished', queue, commands },
      `ALARM: queue ${queue} vanished, and with it what it held. Fill the gap by: ${commands.join(' && ')}`,
    );
  }

  settled(queue: string): void {
    this.raised.delete(queue);
  }

  /** Without knowing how far the queue was read, everything that the outboxes still have. */
  private gapFrom(queue: string): Date {
    const { service, outboxDays } = this.options;
    const known = queue === service ? this.safeUntil : undefined;
    return new Date(known === undefined ? Date.now() - outboxDays * DAY : known - MARGIN);
  }
}
