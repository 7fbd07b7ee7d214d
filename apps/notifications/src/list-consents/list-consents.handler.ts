import { decodeCursor, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import type { ConsentEntry } from '../suppression/consent-entry.schema';
import { ConsentLedger } from '../suppression/consent-ledger';
import { Subjects } from '../suppression/subjects';
import type { ConsentListView, ConsentView, ListConsentsQuery } from './list-consents.dto';

/**
 * Lists what was decided for a contact and for its address: a bounce or a stop word knows the address only. What people agreed to
 * when they signed up is in onboarding's own ledger.
 */
@Injectable()
export class ListConsentsHandler {
  constructor(
    private readonly ledger: ConsentLedger,
    private readonly subjects: Subjects,
  ) {}

  async execute({ contactId, limit, cursor }: ListConsentsQuery): Promise<ConsentListView> {
    const after = decodeCursor<{ id?: unknown }>(cursor)?.id;
    const subjects = await this.subjects.of(contactId);
    const rows = await this.ledger.list(subjects, limit, typeof after === 'string' ? after : undefined);
    return page(rows, limit, ({ _id }) => ({ id: _id }), view);
  }
}

function view(entry: ConsentEntry): ConsentView {
  const { _id: id, at, purpose, channel, decision, how, reason, because, wordingVersion, wordingHash } = entry;
  return {
    id,
    at: at.toISOString(),
    purpose,
    channel: channel ?? null,
    decision,
    how,
    reason,
    because: because ?? null,
    wordingVersion: wordingVersion ?? null,
    wordingHash: wordingHash ?? null,
  };
}
