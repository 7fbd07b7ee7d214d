import {
  Clock,
  decodeCursor,
  IdempotencyKeys,
  Mongo,
  newId,
  notFound,
  page,
  type PageQuery,
  requireMatch,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AppListing, type ListingContent, noProofs } from '../app-listings/app-listing.schema';
import { ListingDesk } from '../app-listings/listing-desk';
import { AuditTrail } from '../audit/audit-trail';
import { Partner } from '../partners/partner.schema';
import type { ChangedListingDto, NewListingDto } from './keep-app-listings.dto';

/** A partner's own listings, by its programme or by the ministry on its behalf; `by` is the key or the official. */
@Injectable()
export class KeepAppListingsHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(AppListing.name) private readonly listings: Model<AppListing>,
    @InjectModel(Partner.name) private readonly partners: Model<Partner>,
    private readonly desk: ListingDesk,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  propose(partnerId: string, input: NewListingDto, by: string) {
    return this.mongo.transaction(async (session) => {
      if (!(await this.partners.exists({ _id: partnerId }).session(session))) throw notFound();
      const at = this.clock.now();
      const { name, summary, website } = input;
      const about = { _id: newId(), partnerId, name, summary, website, types: [], offers: [], proofs: noProofs() };
      const listing = new this.listings({ ...about, reasons: [], state: 'proposed', revision: 0, proposedAt: at });
      listing.edit(given(input), at);
      await this.desk.keep(listing, [], session);
      await this.note('app_listing.proposed', listing.id, by, session);
      const answer = await this.desk.own(listing);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  async list(partnerId: string, { limit, cursor }: PageQuery) {
    const after = decodeCursor<{ id: string }>(cursor);
    const rows = await this.listings
      .find({ partnerId, ...(after && { _id: { $gt: String(after.id) } }) })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<AppListing[]>();
    const { items, nextCursor } = page(rows, limit, (last) => ({ id: last._id }));
    return { items: await this.desk.owns(items), nextCursor };
  }

  async show(partnerId: string, id: string) {
    return this.desk.own(await this.desk.find(id, partnerId));
  }

  edit(partnerId: string, id: string, input: ChangedListingDto, ifMatch: string | undefined, by: string) {
    return this.mongo.transaction(async (session) => {
      const listing = await this.desk.find(id, partnerId, session);
      requireMatch(ifMatch, listing.revision);
      await this.desk.keep(listing, [listing.edit(given(input), this.clock.now())], session);
      await this.note('app_listing.edited', id, by, session);
      return this.desk.own(listing);
    });
  }

  withdraw(partnerId: string, id: string, reason: string, by: string) {
    return this.mongo.transaction(async (session) => {
      const listing = await this.desk.find(id, partnerId, session);
      await this.desk.keep(listing, [listing.withdraw(reason, this.clock.now())], session);
      await this.note('app_listing.withdrawn', id, by, session, reason);
      return this.desk.own(listing);
    });
  }

  private note(action: string, id: string, by: string, session: Parameters<AuditTrail['add']>[1], reason?: string) {
    return this.audit.add({ action, subject: { kind: 'app_listing', id }, by, reason }, session);
  }
}

/** What was given at all. */
function given(input: NewListingDto | ChangedListingDto): ListingContent {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as ListingContent;
}
