import { Clock, Derivation, Jobs } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Acceptances } from '../message/acceptances';
import { backoff, longestWait } from '../message/backoff';
import { Leases, type Release } from '../message/leases';
import type { Message } from '../message/message.schema';
import { DELIVER_QUEUE, Messages, wakeupOf } from '../message/messages';
import { Consequences } from '../provider/consequences';
import { handsOver } from '../provider/rules';
import type { Outcome } from './outcome';

/** Records what became of an attempt. Each is by compare-and-set on the lease, so that doing it again changes nothing. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly messages: Messages,
    private readonly acceptances: Acceptances,
    private readonly leases: Leases,
    private readonly consequences: Consequences,
    private readonly derivation: Derivation,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async record(held: Message, outcome: Outcome, addressHash: string): Promise<void> {
    switch (outcome.kind) {
      case 'accepted': {
        const providerIdHash = this.derivation.hash('provider', outcome.providerId);
        return this.acceptances.record(held, providerIdHash);
      }
      case 'unknown':
        return this.leases.unknown(held, outcome.code, outcome.error);
      case 'unsent':
        return this.again(held, backoff(held.attempt, longestWait(held)), { code: outcome.code, error: outcome.error });
      case 'held':
        return this.hold(held, outcome.afterMs, { code: outcome.code });
      case 'refused':
        return this.refused(held, outcome, addressHash);
    }
  }

  /** Tries a message again after a while; nothing of this attempt has arrived. */
  again(held: Message, afterMs: number, why: Omit<Release, 'state'>): Promise<void> {
    return this.giveBack(held, afterMs, { ...why, state: 'planned' });
  }

  /**
   * Lets a message wait for a reason that is not its own. One that would wait past its use has expired, unless the reason is of this
   * channel alone and the person has another.
   */
  hold(held: Message, afterMs: number, why: Omit<Release, 'state'>): Promise<void> {
    const until = new Date(this.clock.now().getTime() + afterMs);
    if (until >= held.expiresAt) {
      const hasNext = held.alternatives !== undefined && held.alternatives.length > 0;
      const end = hasNext && handsOver(held.channel, why.code) ? why.code : 'expired';
      return this.messages.end(held, end, { state: 'held', code: why.code, until });
    }
    return this.giveBack(held, afterMs, { ...why, state: 'held' });
  }

  private async giveBack(held: Message, afterMs: number, why: Release): Promise<void> {
    await this.leases.release(held, afterMs, why);
    const at = new Date(this.clock.now().getTime() + afterMs);
    await this.jobs.wake(DELIVER_QUEUE, { ...wakeupOf(held), at });
  }

  private async refused(
    held: Message,
    { code, rule }: Extract<Outcome, { kind: 'refused' }>,
    addressHash: string,
  ): Promise<void> {
    await this.consequences.entail(held, code, rule, addressHash);
    const wait = this.consequences.waitOf(held, rule);
    if (wait === undefined) return this.messages.end(held, code);
    if (rule.action === 'retry') return this.again(held, wait, { code, refused: true });
    return this.hold(held, wait, { code, ...(rule.action === 'hold' && { refused: true }) });
  }
}
