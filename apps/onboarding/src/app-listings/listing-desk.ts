import { Outbox } from '@idxcoop/messaging';
import { Clock, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { dayOf } from '../day';
import { Partner } from '../partners/partner.schema';
import { AppListing, type AppListingDocument } from './app-listing.schema';
import { viewListing, viewOwnListing } from './listing-views';

/** Finds, keeps and shows listings, for all who work with them. */
@Injectable()
export class ListingDesk {
  constructor(
    @InjectModel(AppListing.name) private readonly listings: Model<AppListing>,
    @InjectModel(Partner.name) private readonly partners: Model<Partner>,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async find(id: string, partnerId?: string, session?: ClientSession): Promise<AppListingDocument> {
    const found = await this.listings.findOne({ _id: id, ...(partnerId && { partnerId }) }).session(session ?? null);
    if (!found) throw notFound();
    return found;
  }

  /** Saves a listing with what there is to tell about the change. */
  async keep(listing: AppListingDocument, facts: readonly (object | null)[], session: ClientSession): Promise<void> {
    for (const fact of facts) if (fact) await this.outbox.add(listing, fact, session);
    await listing.save({ session });
  }

  async own(listing: AppListing) {
    return (await this.owns([listing]))[0] as ReturnType<typeof viewOwnListing>;
  }

  async owns(listings: readonly AppListing[]) {
    const names = await this.names(listings);
    return listings.map((one) => viewOwnListing(one, names.get(one.partnerId) ?? '', this.today()));
  }

  async shown(listings: readonly AppListing[]) {
    const names = await this.names(listings);
    return listings.map((one) => viewListing(one, names.get(one.partnerId) ?? '', this.today()));
  }

  today(): string {
    return dayOf(this.clock.now());
  }

  private async names(listings: readonly AppListing[]): Promise<Map<string, string>> {
    const ids = [...new Set(listings.map(({ partnerId }) => partnerId))];
    const found = await this.partners.find({ _id: { $in: ids } }, { name: 1 }).lean<Partner[]>();
    return new Map(found.map(({ _id, name }) => [_id, name]));
  }
}
