import {
  type CallerIdentity,
  Clock,
  decodeCursor,
  fieldError,
  IdempotencyKeys,
  Mongo,
  page,
  type PageQuery,
  refusal,
  requireMatch,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AppListing, type ProofDecision } from '../app-listings/app-listing.schema';
import { ListingDesk } from '../app-listings/listing-desk';
import { AuditTrail } from '../audit/audit-trail';
import type { ListingDecisionDto, ProofDecisionDto } from './review-app-listings.dto';
import { approvedWithReasons, proofPassed } from './review-app-listings.templates';

/** Proposed listings and renewed proofs: who decides says of which version. */
@Injectable()
export class ReviewAppListingsHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(AppListing.name) private readonly listings: Model<AppListing>,
    private readonly desk: ListingDesk,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  /** What waits to be decided, the oldest listing first. */
  async list({ limit, cursor }: PageQuery) {
    const after = decodeCursor<{ id: string }>(cursor);
    const waits = [
      { state: 'proposed' as const },
      { state: 'published' as const, 'proofs.claim': 'submitted' as const },
    ];
    const rows = await this.listings
      .find({ $or: waits, ...(after && { _id: { $gt: String(after.id) } }) })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<AppListing[]>();
    const { items, nextCursor } = page(rows, limit, (last) => ({ id: last._id }));
    return { items: await this.desk.owns(items), nextCursor };
  }

  async show(id: string) {
    return this.desk.own(await this.desk.find(id));
  }

  decide(id: string, input: ListingDecisionDto, ifMatch: string | undefined, { subject: by }: CallerIdentity) {
    const { decision, reasons = [], proofs = [] } = input;
    const approves = decision === 'approve';
    if (!approves && reasons.length === 0) throw refusal([fieldError('/reasons', 'required')]);
    if (approves && reasons.length > 0) throw refusal([fieldError('/reasons', 'not_allowed', approvedWithReasons)]);
    return this.mongo.transaction(async (session) => {
      const listing = await this.desk.find(id, undefined, session);
      requireMatch(ifMatch, listing.revision);
      const decisions = proofs.map((one, index) => this.read(one, index, listing));
      const fact = approves ? listing.approve(decisions, this.clock.now()) : listing.reject(decisions, reasons);
      await this.desk.keep(listing, [fact ?? null], session);
      const subject = { kind: 'app_listing', id };
      const action = `app_listing.${approves ? 'approved' : 'rejected'}`;
      const fields = proofs.map((proof) => `${proof.kind}_${proof.decision}ed`);
      await this.audit.add({ action, subject, by, fields, reason: reasons[0]?.code }, session);
      const answer = await this.desk.own(listing);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  /** Whoever accepts a proof says until when it holds. */
  private read({ kind, decision, expiresOn }: ProofDecisionDto, index: number, listing: AppListing): ProofDecision {
    if (decision === 'reject') return { kind, accepts: false };
    const until = expiresOn ?? listing.proofs.find((proof) => proof.kind === kind)?.expiresOn;
    const pointer = `/proofs/${index}/expiresOn`;
    if (!until) throw refusal([fieldError(pointer, 'required')]);
    if (until < this.desk.today()) throw refusal([fieldError(pointer, proofPassed.code, proofPassed)]);
    return { kind, accepts: true, until };
  }
}
