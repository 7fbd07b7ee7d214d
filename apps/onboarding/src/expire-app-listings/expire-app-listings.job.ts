import { Clock, Job, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AppListing } from '../app-listings/app-listing.schema';
import { ListingDesk } from '../app-listings/listing-desk';
import { dayOf } from '../day';

/** Tells once that a proof has run out or an offer is over. That it is so follows from the day and is never stored. */
@Job({ queue: 'onboarding-expire-app-listings' })
export class ExpireAppListingsJob implements JobHandler<{ listingId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(AppListing.name) private readonly listings: Model<AppListing>,
    private readonly desk: ListingDesk,
    private readonly clock: Clock,
  ) {}

  async process({ listingId }: { listingId: string }): Promise<void> {
    await this.mongo.transaction(async (session) => {
      const now = this.clock.now();
      const today = dayOf(now);
      const listing = await this.listings.findOne({ _id: listingId, ...ended(today) }).session(session);
      if (!listing) return;
      await this.desk.keep(listing, listing.expire(today, now), session);
    });
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ listingId: string }>[]> {
    const rows = await this.listings
      .find(ended(dayOf(now)), { _id: 1 })
      .limit(limit)
      .lean<AppListing[]>();
    return rows.map(({ _id }) => ({ id: `${_id}-listing`, data: { listingId: _id } }));
  }
}

function ended(today: string) {
  return {
    state: 'published' as const,
    $or: [
      { proofs: { $elemMatch: { provenUntil: { $lt: today, $gt: '' }, told: false } } },
      { offers: { $elemMatch: { endsOn: { $lt: today }, told: false } } },
    ],
  };
}
