import { Clock, Job, type JobHandler, Jobs, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { isAsked } from '../requirement/assess';
import { HostTurns } from '../website/host-turns';
import { WebsiteWatch } from '../website/website-watch.schema';
import { KeepFinding } from './keep-finding';
import { WebsiteLook } from './website-look';

export const CHECK_WEBSITE_QUEUE = 'onboarding-check-website';
const LEASE_MS = 60_000;

/** Looks at one website whose time has come. Many at once: each waits for a stranger's server. */
@Job({ queue: CHECK_WEBSITE_QUEUE, concurrency: 50 })
export class CheckWebsiteJob implements JobHandler<{ cooperativeId: string }> {
  constructor(
    @InjectModel(WebsiteWatch.name) private readonly watches: Model<WebsiteWatch>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly turns: HostTurns,
    private readonly look: WebsiteLook,
    private readonly keep: KeepFinding,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async process({ cooperativeId }: { cooperativeId: string }): Promise<void> {
    const now = this.clock.now();
    const lease = { $set: { leaseUntil: new Date(Date.now() + LEASE_MS) } };
    const watch = await this.watches.findOneAndUpdate({ cooperativeId, ...waiting(now) }, lease).lean<WebsiteWatch>();
    if (!watch) return;
    const cooperative = await this.cooperatives.findById(cooperativeId).lean<Cooperative>();
    if (!cooperative?.website || !isAsked(cooperative)) {
      await this.watches.deleteOne({ _id: watch._id });
      return;
    }
    const isTurn = watch.turnAt && watch.turnAt <= now;
    const isReadable = URL.canParse(cooperative.website);
    const wait = isTurn || !isReadable ? 0 : await this.turns.take(new URL(cooperative.website).hostname);
    if (wait > 0) return this.postpone(watch, new Date(now.getTime() + wait));
    await this.keep.execute(cooperativeId, await this.look.at(cooperative.website));
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ cooperativeId: string }>[]> {
    const rows = await this.watches.find(waiting(now), { cooperativeId: 1 }).limit(limit).lean<WebsiteWatch[]>();
    return rows.map(({ cooperativeId }) => wakeup(cooperativeId));
  }

  private async postpone({ _id, cooperativeId }: WebsiteWatch, at: Date): Promise<void> {
    await this.watches.updateOne({ _id }, { $set: { nextAt: at, turnAt: at }, $unset: { leaseUntil: 1 } });
    // Another id than the one that runs: BullMQ would take it for the same job.
    await this.jobs.wake(CheckWebsiteJob, { ...wakeup(cooperativeId), id: `${cooperativeId}-website-turn`, at });
  }
}

function wakeup(cooperativeId: string): Wakeup<{ cooperativeId: string }> {
  return { id: `${cooperativeId}-website`, data: { cooperativeId } };
}

/** Due, and looked at by nobody. */
function waiting(now: Date) {
  return { nextAt: { $lte: now }, $or: [{ leaseUntil: null }, { leaseUntil: { $lt: new Date() } }] };
}
