import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, type JobSchedule, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';

const PATIENCE_MS = 14 * 86_400_000;

/** Self-made sign-ups that nobody has confirmed lapse after 14 days; imports and assisted ones wait for their people. */
@Job({ queue: 'onboarding-expire-registrations' })
export class ExpireStaleRegistrationsJob implements JobHandler<object> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly hardKeys: HardKeys,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async process(): Promise<void> {
    const now = this.clock.now();
    for (const { _id } of await this.cooperatives.find(stale(now), { _id: 1 }).lean()) {
      await this.mongo.transaction(async (session) => {
        // Asked again inside: a contact may have been verified since.
        const cooperative = await this.cooperatives.findOne({ _id, ...stale(now) }).session(session);
        if (!cooperative) return;
        await this.outbox.add(cooperative, cooperative.lapse(now), session);
        await this.hardKeys.follow([cooperative], session);
        await cooperative.save({ session });
      });
    }
  }

  async schedules(): Promise<JobSchedule[]> {
    return [{ id: 'daily', pattern: '15 0 * * *', timeZone: 'Asia/Jakarta', data: {} }];
  }

  async due(now: Date): Promise<Wakeup[]> {
    return (await this.cooperatives.exists(stale(now))) ? [{ id: 'stale-registrations', data: {} }] : [];
  }
}

function stale(now: Date) {
  const before = new Date(now.getTime() - PATIENCE_MS);
  return {
    registration: 'draft' as const,
    origin: 'self' as const,
    contactVerifiedAt: null,
    createdAt: { $lte: before },
  };
}
