import type { Channel } from '@idxcoop/contracts';
import { Clock, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { type Choice, ConsentEntry, type LiftReason, type Way, type Wording } from './consent-entry.schema';
import type { SuppressionScope } from './scopes';

/** How a decision was made, where its reason alone does not say so. */
export interface Circumstances {
  how?: Way;
  channel?: Channel;
  /** What the person saw. */
  wording?: Wording;
  because?: LiftReason;
  by?: string;
}

const CHOICES_OF: Readonly<Record<SuppressionScope, readonly Choice[]>> = {
  all: ['service', 'announcements', 'digests'],
  notices: ['service', 'announcements', 'digests'],
  announcements: ['announcements'],
  digests: ['digests'],
};

/** Adds to the ledger, within the transaction of the decision itself. */
@Injectable()
export class ConsentLedger {
  constructor(
    @InjectModel(ConsentEntry.name) private readonly entries: Model<ConsentEntry>,
    private readonly clock: Clock,
  ) {}

  async record(
    decision: ConsentEntry['decision'],
    subjects: string[],
    scope: SuppressionScope,
    reason: string,
    circumstances: Circumstances,
    session: ClientSession,
  ): Promise<void> {
    const { how, channel, because, by } = { ...wayOf(reason), ...circumstances };
    const { version: wordingVersion, hash: wordingHash } = circumstances.wording ?? {};
    const words = { wordingVersion, wordingHash };
    const about = { subjects, decision, how, channel, reason, because, by, ...words, at: this.clock.now() };
    const entries = CHOICES_OF[scope].map((purpose) => ({ _id: newId(), purpose, ...about }));
    await this.entries.insertMany(entries, { session });
  }

  /** For whom else a refusal was taken in together with this one: the id of a contact and the hash of its address. */
  togetherWith(subject: string, reason: string, session: ClientSession): Promise<string[]> {
    const refusals = { subjects: subject, reason, decision: 'withdrawn' as const };
    return this.entries.distinct('subjects', refusals).session(session).exec();
  }

  /** What was decided for any of these, or for somebody together with them, the oldest first: a page and one row more. */
  async list(subjects: string[], limit: number, after?: string): Promise<ConsentEntry[]> {
    const together = await this.entries.distinct('subjects', { subjects: { $in: subjects } });
    return this.entries
      .find({ subjects: { $in: [...subjects, ...together] }, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean();
  }
}

/** The reason of a suppression says where it came from: the word of a person, a mail server, or WhatsApp's own codes. */
export function wayOf(reason: string): Required<Pick<Circumstances, 'how'>> & Pick<Circumstances, 'channel'> {
  if (reason === 'stop_word') return { how: 'stop_word', channel: 'whatsapp' };
  if (reason === 'complaint') return { how: 'complaint', channel: 'email' };
  if (reason === 'officer') return { how: 'officer' };
  if (reason === 'unsubscribed') return { how: 'preferences_page' };
  return /^\d+$/.test(reason) ? { how: 'provider', channel: 'whatsapp' } : { how: 'bounce', channel: 'email' };
}
