import { CHANNELS } from '@idxcoop/contracts';
import { decodeCursor, page, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import type { ConsentEntry } from '../suppression/consent-entry.schema';
import { ConsentLedger } from '../suppression/consent-ledger';
import { Suppressions } from '../suppression/suppressions';
import type { ConsentListView, ConsentView, ListConsentsQuery } from './list-consents.dto';

/**
 * Lists what was decided for a contact and for its address: a bounce or a stop word knows the address only. What people agreed to
 * when they signed up is in onboarding's own ledger.
 */
@Injectable()
export class ListConsentsHandler {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly ledger: ConsentLedger,
    private readonly suppressions: Suppressions,
    private readonly services: ServiceClient,
  ) {}

  async execute({ contactId, limit, cursor }: ListConsentsQuery): Promise<ConsentListView> {
    const after = decodeCursor<{ id?: unknown }>(cursor)?.id;
    const subjects = [
      contactId,
      ...CHANNELS.map((channel) => `${contactId}/${channel}`),
      ...(await this.messages.distinct('addressHash', { recipientId: contactId })),
      ...(await this.addressOf(contactId)),
    ].filter(Boolean) as string[];
    const rows = await this.ledger.list(subjects, limit, typeof after === 'string' ? after : undefined);
    return page(rows, limit, ({ _id }) => ({ id: _id }), view);
  }

  /** As long as onboarding knows the person; afterwards the traces of their messages have to do. */
  private async addressOf(contactId: string): Promise<string[]> {
    const path = `/internal/contacts/${contactId}/channels`;
    type Channels = { items: { contactId: string; address: string }[] };
    const answer = await this.services.get<Channels>('onboarding', path).catch(() => null);
    const own = answer?.items.filter((item) => item.contactId === contactId) ?? [];
    return own.map(({ address }) => this.suppressions.hashOf(address));
  }
}

function view(entry: ConsentEntry): ConsentView {
  const { _id: id, at, purpose, channel, decision, how, reason, wordingVersion, wordingHash } = entry;
  return {
    id,
    at: at.toISOString(),
    purpose,
    channel: channel ?? null,
    decision,
    how,
    reason,
    wordingVersion: wordingVersion ?? null,
    wordingHash: wordingHash ?? null,
  };
}
