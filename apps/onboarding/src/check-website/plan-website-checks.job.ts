import {
  Clock,
  isDuplicate,
  Job,
  type JobHandler,
  type JobSchedule,
  Mongo,
  newId,
  type Wakeup,
} from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { placeInNight } from '../website/standing';
import { WebsiteWatch } from '../website/website-watch.schema';

const AT_ONCE = 1_000;

type Site = Pick<Cooperative, '_id' | 'website' | 'regionCode'>;

/** Sees that every website is watched: one that was just given at once, those of imports spread over the coming night. */
@Job({ queue: 'onboarding-plan-website-checks' })
export class PlanWebsiteChecksJob implements JobHandler<{ all?: boolean }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(WebsiteWatch.name) private readonly watches: Model<WebsiteWatch>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly clock: Clock,
  ) {}

  async process({ all }: { all?: boolean }): Promise<void> {
    await this.takeUpChanged();
    if (all) await this.takeUpMissing();
  }

  async schedules(): Promise<JobSchedule<{ all?: boolean }>[]> {
    return [{ id: 'nightly', pattern: '30 21 * * *', timeZone: 'Asia/Jakarta', data: { all: true } }];
  }

  async due(): Promise<Wakeup<{ all?: boolean }>[]> {
    const isDue = await this.cooperatives.exists({ websiteChanged: true });
    return isDue ? [{ id: 'changed-websites', data: {} }] : [];
  }

  private async takeUpChanged(): Promise<void> {
    const now = this.clock.now();
    const changed = await this.cooperatives.find({ websiteChanged: true }, SITE).limit(AT_ONCE).lean<Site[]>();
    if (changed.length === 0) return;
    const watched = changed.filter(({ website }) => website);
    await this.watch(watched, () => now, true);
    // Only where the address is still the one that was taken up. In a transaction as all writes to cooperatives are: beside others the
    // engine that stands in for MongoDB lets a write without one and two of one transaction wait for each other.
    await this.mongo.transaction(async (session) => {
      await this.cooperatives.bulkWrite(
        changed.map(({ _id, website }) => ({
          updateOne: { filter: { _id, website: website ?? null }, update: { $unset: { websiteChanged: 1 as const } } },
        })),
        { session },
      );
    });
  }

  private async takeUpMissing(): Promise<void> {
    const now = this.clock.now();
    for (let after = ''; ; ) {
      const page = await this.cooperatives
        .find({ _id: { $gt: after } }, SITE)
        .sort({ _id: 1 })
        .limit(AT_ONCE)
        .lean<Site[]>();
      const last = page.at(-1);
      if (!last) return;
      after = last._id;
      await this.watch(
        page.filter(({ website }) => website),
        ({ _id }) => placeInNight(_id, now),
        false,
      );
    }
  }

  private async watch(sites: readonly Site[], nextAt: (site: Site) => Date, isNews: boolean): Promise<void> {
    if (sites.length === 0) return;
    const ids = sites.map(({ _id }) => _id);
    const known = await this.watches.find({ cooperativeId: { $in: ids } }, { cooperativeId: 1 }).lean<WebsiteWatch[]>();
    const isKnown = new Set(known.map(({ cooperativeId }) => cooperativeId));
    const missing = sites.filter(({ _id }) => !isKnown.has(_id));
    if (isNews && known.length > 0)
      await this.watches.updateMany({ cooperativeId: { $in: [...isKnown] } }, { $set: { nextAt: this.clock.now() } });
    const rows = missing.map((site) => ({
      _id: newId(),
      cooperativeId: site._id,
      regionCode: site.regionCode,
      target: site.website,
      nextAt: nextAt(site),
    }));
    if (rows.length > 0) await this.watches.insertMany(rows, { ordered: false }).catch(ignoreKnown);
  }
}

const SITE = { website: 1, regionCode: 1 } as const;

/** Two planners at once: the other one was quicker. */
function ignoreKnown(error: Error): void {
  if (!isDuplicate(error)) throw error;
}
