import { Derivation } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InboundMessages } from '../answer-inbound/inbound-messages';
import { readInbound } from '../answer-inbound/read-inbound';
import { AccountNotices } from '../follow-account/account-notices';
import { readNotices } from '../follow-account/read-notices';
import { readStatuses } from '../settle-status/read-statuses';
import { StatusReceipts } from '../settle-status/status-receipts';
import { changesOf } from './json';

/**
 * Stores what a webhook call said, reduced to what we need, and wakes the jobs that handle it: Meta wants its answer within a
 * quarter of a second. Where one part cannot be stored Meta repeats the call, and what was stored already changes nothing.
 */
@Injectable()
export class ReceiveWebhookHandler {
  constructor(
    private readonly statuses: StatusReceipts,
    private readonly inbound: InboundMessages,
    private readonly notices: AccountNotices,
    private readonly derivation: Derivation,
  ) {}

  async execute(body: unknown): Promise<void> {
    const changes = changesOf(body);
    await Promise.all([
      this.statuses.keep(
        'whatsapp',
        readStatuses(changes, (id) => this.derivation.hash('provider', id)),
      ),
      this.inbound.keep(readInbound(changes)),
      this.notices.keep(readNotices(changes)),
    ]);
  }
}
