import { Clock, describeError, Job, type JobHandler, ServiceUnavailable, type Wakeup } from '@idxcoop/platform';
import { setTimeout as pause } from 'node:timers/promises';
import { Costs } from '../cost/costs';
import { type Seat, Limits } from '../limit/limits';
import { Refusal } from '../limit/refusal';
import { backoff, longestWait } from '../message/backoff';
import { LeaseLost, Leases } from '../message/leases';
import type { Message } from '../message/message.schema';
import { DELIVER_QUEUE, Messages } from '../message/messages';
import { Silence } from '../silence/silence';
import { LOOK_AGAIN_MS, NOT_APPROVED, TemplateStates } from '../template/template-states';
import { Letters } from './letters';
import { Breakers } from '../provider/breakers';
import { type Letter, NotNow, NotWanted, type Outcome } from './outcome';
import { Outcomes } from './outcomes';
import { Post } from './post';

/** Onboarding is ours: it comes back soon, and a person waits for a code. */
const LONGEST_WAIT_FOR_US = 30_000;
const RECORD_AGAIN_AFTER = [200, 1_000, 3_000, 9_000, 20_000];

/**
 * Delivers one message: takes the lease, waits until the limits of its line allow it, asks who it goes to, gives it to the channel,
 * and records what the provider said. A message whose line broke after the bytes left is `unknown` and not sent again by itself.
 */
@Job({ queue: DELIVER_QUEUE, concurrency: 50 })
export class DeliverMessageJob implements JobHandler<{ messageId: string }> {
  constructor(
    private readonly messages: Messages,
    private readonly leases: Leases,
    private readonly templates: TemplateStates,
    private readonly breakers: Breakers,
    private readonly costs: Costs,
    private readonly limits: Limits,
    private readonly letters: Letters,
    private readonly silence: Silence,
    private readonly post: Post,
    private readonly outcomes: Outcomes,
    private readonly clock: Clock,
  ) {}

  async process({ messageId }: { messageId: string }): Promise<void> {
    const held = await this.leases.claim(messageId);
    if (!held) return;
    if (held.expiresAt <= this.clock.now()) return this.messages.end(held, 'expired');
    const ordered = await this.post.ordered(held);
    if (typeof ordered === 'string') return this.messages.end(held, ordered);
    const stop = ordered ?? this.breakers.holdOf(held.channel) ?? (await this.costs.holdOf(held));
    if (stop) return this.outcomes.hold(held, stop.afterMs, { code: stop.code });
    const seat = await this.limits.seat(held);
    if (seat instanceof Refusal) return this.outcomes.hold(held, seat.afterMs, { code: seat.code });
    const sent = await this.attempt(held, seat).finally(() => seat.leave());
    if (sent) await this.record(held, sent.outcome, this.post.hashOf(sent.letter));
  }

  due(_now: Date, limit: number): Promise<Wakeup<{ messageId: string }>[]> {
    return this.messages.due(limit);
  }

  /** Meta sends nothing of its template now: the person's next channel takes over, or it waits. */
  private withoutApproval(held: Message): Promise<void> {
    if (held.alternatives?.length) return this.messages.end(held, NOT_APPROVED);
    return this.outcomes.hold(held, LOOK_AGAIN_MS, { code: NOT_APPROVED });
  }

  /** Undefined where no byte left: then the message was ended, given back, or belongs to another. */
  private async attempt(held: Message, seat: Seat): Promise<{ letter: Letter; outcome: Outcome } | undefined> {
    try {
      const letter = await this.letters.write(held);
      if (typeof letter === 'string') {
        await this.messages.end(held, letter);
        return undefined;
      }
      // Meta approves each language by itself, and the person may have chosen another since this was planned.
      if (await this.templates.stops({ ...held, language: letter.language })) {
        await this.withoutApproval(held);
        return undefined;
      }
      const silent = await this.silence.holdOf(held, letter.reader);
      if (silent) {
        await this.outcomes.hold(held, silent.afterMs, { code: silent.code });
        return undefined;
      }
      const permit = await seat.permit(this.post.hashOf(letter));
      if (!(permit instanceof Refusal)) return { letter, outcome: await this.post.send(letter, permit) };
      await this.outcomes.hold(held, permit.afterMs, { code: permit.code });
    } catch (error) {
      if (error instanceof LeaseLost) return undefined;
      if (error instanceof NotWanted) {
        await this.messages.end(held, error.reason);
        return undefined;
      }
      if (error instanceof NotNow) {
        await this.outcomes.hold(held, error.pause.afterMs, { code: error.pause.code });
        return undefined;
      }
      const ours = error instanceof ServiceUnavailable;
      const wait = backoff(held.attempt, ours ? LONGEST_WAIT_FOR_US : longestWait(held));
      await this.outcomes.again(held, wait, { code: ours ? error.code : 'interrupted', error: describeError(error) });
    }
    return undefined;
  }

  /**
   * The provider has answered, so this must be written if it can be. Where the database stays away the lease lapses, and the
   * message becomes `unknown`: not known to us, and not sent twice.
   */
  private async record(held: Message, outcome: Outcome, addressHash: string): Promise<void> {
    for (const wait of RECORD_AGAIN_AFTER) {
      try {
        return await this.outcomes.record(held, outcome, addressHash);
      } catch {
        await pause(wait, undefined, { ref: false });
      }
    }
    await this.outcomes.record(held, outcome, addressHash);
  }
}
