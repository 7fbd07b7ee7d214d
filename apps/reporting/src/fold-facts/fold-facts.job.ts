import { Job, type JobHandler, Jobs, Metrics, type Wakeup } from '@idxcoop/platform';
import { setTimeout as pause } from 'node:timers/promises';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Fact, unfolded } from '../fact/fact.schema';
import { Fold, FOLD_QUEUE } from '../membership/fold';
import { MILESTONES_QUEUE } from '../target/target.schema';

const PATIENCE_MS = 2_000;
const UNKNOWN = { facts: Number.NaN, seconds: Number.NaN };

/** Folds what was recorded since the last time; one at a time over all processes. */
@Job({ queue: FOLD_QUEUE, concurrency: 1 })
export class FoldFactsJob implements JobHandler {
  constructor(
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    private readonly fold: Fold,
    private readonly jobs: Jobs,
    metrics: Metrics,
  ) {
    metrics.gauge('reporting_pending_facts', 'Facts that are recorded but in no count yet', [], async (gauge) =>
      gauge.set((await this.waiting()).facts),
    );
    metrics.gauge('reporting_fold_lag_seconds', 'Age of the oldest fact that is in no count yet', [], async (gauge) =>
      gauge.set((await this.waiting()).seconds),
    );
  }

  async process(): Promise<void> {
    if (await this.fold.drain()) await this.jobs.wake(MILESTONES_QUEUE, { id: 'milestones', data: {} });
  }

  async due(): Promise<Wakeup[]> {
    return (await this.facts.exists(unfolded())) ? [{ id: 'fold', data: {} }] : [];
  }

  /** What has not been folded; no number while the database does not say, so that the other metrics come all the same. */
  private waiting(): Promise<{ facts: number; seconds: number }> {
    const late = pause(PATIENCE_MS, UNKNOWN, { ref: false });
    return Promise.race([this.countWaiting().catch(() => UNKNOWN), late]);
  }

  private async countWaiting(): Promise<{ facts: number; seconds: number }> {
    const [found] = await this.facts.aggregate<{ facts: number; oldest: Date }>([
      { $match: { pending: true } },
      { $group: { _id: null, facts: { $sum: 1 }, oldest: { $min: '$recordedAt' } } },
    ]);
    if (!found) return { facts: 0, seconds: 0 };
    return { facts: found.facts, seconds: Math.max(0, Date.now() - found.oldest.getTime()) / 1_000 };
  }
}
