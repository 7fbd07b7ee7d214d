import { event, MilestoneReachedV1, MilestoneWithdrawnV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Clock, isDuplicate, Job, type JobHandler, Mongo, newId, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { FoldLease } from '../membership/fold-lease';
import { dayIn } from '../progress/day';
import { type Milestone, MILESTONE_PERCENTS, milestones } from '../progress/milestones';
import { Series } from '../progress/series';
import { type Plan, planInForce } from '../target/plan';
import { MILESTONES_QUEUE, Target } from '../target/target.schema';
import { MilestoneMark } from './milestone.schema';

interface Reached extends Milestone {
  actual: number;
}

/** Publishes shares of a target once they are reached, and takes them back where a correction shows that they never were. */
@Job({ queue: MILESTONES_QUEUE, concurrency: 1 })
export class MarkMilestonesJob implements JobHandler {
  constructor(
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    @InjectModel(MilestoneMark.name) private readonly marks: Model<MilestoneMark>,
    private readonly series: Series,
    private readonly lease: FoldLease,
    private readonly outbox: Outbox,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async process(): Promise<void> {
    for (const target of await this.unseen()) await this.mark(target);
  }

  async due(): Promise<Wakeup[]> {
    return (await this.unseen()).length > 0 ? [{ id: 'milestones', data: {} }] : [];
  }

  /** Targets at which nobody looked since counts, plans or the day changed. */
  private async unseen(): Promise<Target[]> {
    const { version } = await this.lease.state();
    const targets = await this.targets.find().lean();
    return targets.filter((target) => target.milestonesSeen !== this.present(target, version));
  }

  private present(target: Target, version: number): string {
    return `${version}/${target.plans.length}/${dayIn(target.timeZone, this.clock.now())}`;
  }

  private async mark(target: Target): Promise<void> {
    const now = this.clock.now();
    const { version } = await this.lease.state();
    const seen = this.present(target, version);
    const today = dayIn(target.timeZone, now);
    const plan = planInForce(target.plans, today, now);
    const { history } = await this.series.known(target, plan.areas, today, now);
    const reached = milestones(plan, history, today, plan.milestones ?? MILESTONE_PERCENTS).map((milestone) => ({
      ...milestone,
      actual: history.levelOn(milestone.reachedOn),
    }));
    const known = await this.marks.find({ targetKey: target.key, planVersion: plan.version }).lean();
    const published = new Set(known.map(({ percent }) => percent));
    for (const milestone of reached)
      if (!published.has(milestone.percent)) await this.publish(target, plan, milestone, now);
    const held = new Set(reached.map(({ percent }) => percent));
    for (const mark of known)
      if (mark.state === 'reached' && !held.has(mark.percent)) await this.withdraw(mark, now, version);
    await this.targets.updateOne({ _id: target._id }, { $set: { milestonesSeen: seen } });
  }

  private async publish(target: Target, plan: Plan, { percent, reachedOn, actual }: Reached, now: Date): Promise<void> {
    const about = { targetKey: target.key, planVersion: plan.version, percent };
    const fact = event(MilestoneReachedV1, {
      ...about,
      effectiveOn: reachedOn,
      knownAt: now.toISOString(),
      reachedOn,
      actual,
    });
    const id = newId();
    await this.mongo
      .transaction(async (session) => {
        const aggregate = { id, sequence: 0 };
        await this.outbox.add(aggregate, fact, session);
        await this.marks.create([{ _id: id, ...about, state: 'reached', reachedOn, sequence: aggregate.sequence }], {
          session,
        });
      })
      .catch((error: unknown) => {
        // Another process published it.
        if (!isDuplicate(error)) throw error;
      });
  }

  /** Only where the counts are still those that it was decided on; else the next look decides anew. */
  private withdraw(
    { _id, targetKey, planVersion, percent, reachedOn }: MilestoneMark,
    now: Date,
    version: number,
  ): Promise<void> {
    const knownAt = now.toISOString();
    const fact = event(MilestoneWithdrawnV1, { targetKey, planVersion, percent, effectiveOn: reachedOn, knownAt });
    return this.mongo.transaction(async (session) => {
      if (!(await this.lease.isStill(version, session))) return;
      const mark = await this.marks.findOne({ _id, state: 'reached' }).session(session).lean();
      if (!mark) return;
      const aggregate = { id: _id, sequence: mark.sequence };
      await this.outbox.add(aggregate, fact, session);
      await this.marks.updateOne({ _id }, { $set: { state: 'withdrawn', sequence: aggregate.sequence } }, { session });
    });
  }
}
