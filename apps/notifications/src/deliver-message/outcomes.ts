import { Clock, Derivation, type DescribedError, Jobs } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { backoff } from '../message/backoff';
import { Leases } from '../message/leases';
import type { Message } from '../message/message.schema';
import { DELIVER_QUEUE, Messages, wakeupOf } from '../message/messages';
import { Suppressions } from '../suppression/suppressions';
import { Lines } from './lines';
import type { Outcome } from './outcome';

/** Refused so often for a reason that may pass, a message has failed with its last code. */
const MAX_REFUSALS = 8;

/** Records what became of an attempt. Each is by compare-and-set on the lease, so that doing it again changes nothing. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly messages: Messages,
    private readonly leases: Leases,
    private readonly lines: Lines,
    private readonly suppressions: Suppressions,
    private readonly derivation: Derivation,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async record(held: Message, outcome: Outcome, addressHash: string): Promise<void> {
    switch (outcome.kind) {
      case 'accepted': {
        const providerIdHash = this.derivation.hash('provider', outcome.providerId);
        return this.messages.report(held._id, { status: 'sent', at: this.clock.now() }, { providerIdHash });
      }
      case 'unknown':
        return this.leases.unknown(held, outcome.code, outcome.error);
      case 'unsent':
        return this.later(held, backoff(held.attempt), outcome.code, { error: outcome.error });
      case 'refused':
        return this.refused(held, outcome, addressHash);
    }
  }

  /** Gives a message back and wakes its next attempt; nothing of this one has arrived. */
  async later(
    held: Message,
    afterMs: number,
    code: string,
    why: { error?: DescribedError; refused?: true } = {},
  ): Promise<void> {
    await this.leases.release(held, afterMs, code, why);
    const at = new Date(this.clock.now().getTime() + afterMs);
    await this.jobs.wake(DELIVER_QUEUE, { ...wakeupOf(held), at });
  }

  private async refused(
    held: Message,
    { code, rule }: Extract<Outcome, { kind: 'refused' }>,
    addressHash: string,
  ): Promise<void> {
    const wait = (rule.waitSeconds ?? 0) * 1000;
    switch (rule.action) {
      case 'retry':
      case 'hold':
        if (held.refusals + 1 >= MAX_REFUSALS) return this.messages.end(held, code);
        return this.later(held, Math.max(wait, backoff(held.refusals + 1)), code, { refused: true });
      case 'stop_line':
      case 'stop_template': {
        const line = rule.action === 'stop_line' ? held.channel : `${held.channel}/${held.template}`;
        await this.lines.stop(line, code, rule.waitSeconds ?? 600);
        return this.later(held, wait, code);
      }
      case 'suppress':
        await this.suppressions.add([addressHash], 'all', code);
        return this.messages.end(held, code);
      case 'next_channel':
      case 'final':
        return this.messages.end(held, code);
    }
  }
}
