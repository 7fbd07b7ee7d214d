import { Clock, Job, type JobHandler, type JobSchedule, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Fold } from '../membership/fold';
import { addDays, type Day, dayIn } from '../progress/day';
import { Snapshot } from '../snapshot/snapshot.schema';
import { planInForce } from '../target/plan';
import { Target } from '../target/target.schema';
import { lastOwedDay, owedDays } from './owed-days';
import { TakeSnapshotHandler } from './take-snapshot.handler';

/** At 00:30 of a target's zone, and whenever a day was missed: the snapshots that the target still owes. */
@Job({ queue: 'reporting-snapshot', concurrency: 2 })
export class TakeSnapshotJob implements JobHandler<{ targetKey: string }> {
  constructor(
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    @InjectModel(Snapshot.name) private readonly snapshots: Model<Snapshot>,
    private readonly handler: TakeSnapshotHandler,
    private readonly fold: Fold,
    private readonly clock: Clock,
  ) {}

  async process({ targetKey }: { targetKey: string }): Promise<void> {
    const target = await this.targets.findOne({ key: targetKey }).lean();
    // Facts that are recorded but not folded yet belong in; where another process folds them, the timer comes back.
    if (!target || !(await this.fold.drain())) return;
    for (const day of await this.missing(target, this.clock.now())) await this.handler.nightly(target, day);
  }

  async schedules(): Promise<JobSchedule<{ targetKey: string }>[]> {
    const now = this.clock.now();
    const targets = await this.targets.find().lean();
    const owing = targets.filter(
      (target) => dayIn(target.timeZone, now) <= addDays(lastOwedDay(deadlineOf(target, now)), 1),
    );
    return owing.map(({ key, timeZone }) => ({
      id: `snapshot-${key}`,
      pattern: '30 0 * * *',
      timeZone,
      data: { targetKey: key },
    }));
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ targetKey: string }>[]> {
    const wakeups: Wakeup<{ targetKey: string }>[] = [];
    for (const target of await this.targets.find().lean()) {
      const [first] = await this.missing(target, now);
      if (first) wakeups.push({ id: `owed-${target.key}-${first}`, data: { targetKey: target.key } });
      if (wakeups.length === limit) break;
    }
    return wakeups;
  }

  private async missing(target: Target, now: Date): Promise<Day[]> {
    const owed = owedDays({ ...target, deadline: deadlineOf(target, now) }, now);
    const nightly = { targetKey: target.key, kind: 'nightly' as const };
    if (owed.length === 0) return [];
    const taken = new Set<unknown>(await this.snapshots.distinct('asOf', nightly));
    return owed.filter((day) => !taken.has(day));
  }
}

function deadlineOf({ plans, timeZone }: Target, now: Date): Day {
  return planInForce(plans, dayIn(timeZone, now), now).deadline;
}
