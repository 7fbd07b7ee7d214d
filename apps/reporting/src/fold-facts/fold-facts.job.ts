import { Job, type JobHandler, Jobs, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Fact } from '../fact/fact.schema';
import { Fold, FOLD_QUEUE } from '../membership/fold';
import { MILESTONES_QUEUE } from '../target/target.schema';

/** Folds what was recorded since the last time; one at a time over all processes. */
@Job({ queue: FOLD_QUEUE, concurrency: 1 })
export class FoldFactsJob implements JobHandler {
  constructor(
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    private readonly fold: Fold,
    private readonly jobs: Jobs,
  ) {}

  async process(): Promise<void> {
    if (await this.fold.drain()) await this.jobs.wake(MILESTONES_QUEUE, { id: 'milestones', data: {} });
  }

  async due(): Promise<Wakeup[]> {
    return (await this.facts.exists({ pending: true })) ? [{ id: 'fold', data: {} }] : [];
  }
}
