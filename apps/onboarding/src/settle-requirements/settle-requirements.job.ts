import { Clock, Job, type JobHandler, type JobSchedule, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { dayOf } from '../day';
import { Requirements } from '../requirement/requirements';
import { ruleSetOn } from '../requirement/rules';

const AT_ONCE = 500;

/**
 * Looks at the requirements of cooperatives that changed, on New Year's day, and when the rules did; what differs from what was told
 * is told. Whoever changes a cooperative may have told it already: then there is nothing to tell.
 */
@Job({ queue: 'onboarding-settle-requirements', concurrency: 4 })
export class SettleRequirementsJob implements JobHandler<{ cooperativeId?: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly requirements: Requirements,
    private readonly clock: Clock,
  ) {}

  async process({ cooperativeId }: { cooperativeId?: string }): Promise<void> {
    if (!cooperativeId) return this.findOthers();
    await this.mongo.transaction(async (session) => {
      const cooperative = await this.cooperatives.findById(cooperativeId).session(session);
      if (cooperative) await this.requirements.settle(cooperative, session);
    });
  }

  async schedules(): Promise<JobSchedule<object>[]> {
    return [{ id: 'daily', pattern: '5 0 * * *', timeZone: 'Asia/Jakarta', data: {} }];
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ cooperativeId?: string }>[]> {
    const found = await this.cooperatives
      .find({ requirementsAt: { $lte: now } }, { _id: 1 })
      .limit(limit)
      .lean<Cooperative[]>();
    return found.map(({ _id }) => ({ id: `${_id}-settle`, data: { cooperativeId: _id } }));
  }

  /** Those that were last looked at by other rules, or that nobody ever looked at. */
  private async findOthers(): Promise<void> {
    const requirementsAt = this.clock.now();
    const { version } = ruleSetOn(dayOf(requirementsAt));
    const others = {
      contactVerifiedAt: { $type: 'date' as const },
      requirementsRules: { $ne: version },
      requirementsAt: { $not: { $lte: requirementsAt } },
    };
    for (;;) {
      const some = await this.cooperatives.find(others, { _id: 1 }).limit(AT_ONCE).lean<Cooperative[]>();
      if (some.length === 0) return;
      const these = { _id: { $in: some.map(({ _id }) => _id) } };
      // In a transaction, as all writes to cooperatives.
      await this.mongo.transaction(async (session) => {
        await this.cooperatives.updateMany(these, { $set: { requirementsAt } }, { session });
      });
    }
  }
}
