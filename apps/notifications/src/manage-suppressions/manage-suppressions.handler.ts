import type { Channel } from '@idxcoop/contracts';
import { type CallerIdentity, decodeCursor, Log, Mongo, notFound, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { LiftReason } from '../suppression/consent-entry.schema';
import { ConsentLedger, wayOf } from '../suppression/consent-ledger';
import { Subjects } from '../suppression/subjects';
import { Suppression } from '../suppression/suppression.schema';
import { Suppressions } from '../suppression/suppressions';
import type { SuppressionListView, SuppressionsQuery, SuppressionView } from './manage-suppressions.dto';
import { ownWish } from './manage-suppressions.templates';

/** What the person said themselves: by a link, a word, the button of their mail program, or WhatsApp’s own. */
const OWN_WISHES: readonly string[] = ['unsubscribed', 'stop_word', 'complaint', '131050'];

/** Shows who is not written to, and lifts what was set by mistake or is over. */
@Injectable()
export class ManageSuppressionsHandler {
  constructor(
    @InjectModel(Suppression.name) private readonly rows: Model<Suppression>,
    private readonly suppressions: Suppressions,
    private readonly subjects: Subjects,
    private readonly ledger: ConsentLedger,
    private readonly mongo: Mongo,
    private readonly log: Log,
  ) {}

  async list({ scope, reason, contactId, limit, cursor }: SuppressionsQuery): Promise<SuppressionListView> {
    const after = decodeCursor<{ id?: unknown }>(cursor)?.id;
    const filter = {
      ...(scope && { scope }),
      ...(reason && { reason }),
      ...(contactId && { subject: { $in: await this.subjects.of(contactId) } }),
      ...(typeof after === 'string' && { _id: { $lt: after } }),
    };
    const rows = await this.rows
      .find(filter)
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean();
    return page(rows, limit, ({ _id }) => ({ id: _id }), view);
  }

  async lift(id: string, because: LiftReason, { subject: by, roles }: CallerIdentity): Promise<SuppressionView> {
    return this.mongo.transaction(async (session) => {
      const row = await this.rows.findById(id).session(session).lean();
      if (!row) throw notFound();
      const { subject, scope, reason } = row;
      const mayLift = !OWN_WISHES.includes(reason) || (because === 'person_asked' && roles.includes('privacy_officer'));
      if (!mayLift) throw ownWish();
      const { channel } = view(row);
      const together = await this.ledger.togetherWith(subject, reason, session);
      const circumstances = { how: 'operations' as const, ...(channel && { channel }), because, by };
      await this.suppressions.lift([subject, ...together], scope, reason, session, circumstances);
      const told = { suppressionId: id, scope, reason, because, by };
      this.mongo.afterCommit(session, () => this.log.warn(told, 'a suppression is lifted by hand'));
      return view(row);
    });
  }
}

function view({ _id: id, subject, scope, reason, since }: Suppression): SuppressionView {
  const { how, channel: ofReason } = wayOf(reason);
  const isHash = /^[0-9a-f]{64}$/.test(subject);
  const [contactId = null, channel = ofReason ?? null] = isHash ? [] : subject.split('/');
  return {
    id,
    contactId,
    addressHash: isHash ? subject : null,
    channel: channel as Channel | null,
    scope,
    reason,
    how,
    since: since.toISOString(),
    ownWish: OWN_WISHES.includes(reason),
  };
}
