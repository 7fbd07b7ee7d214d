import { CooperativeBecameActiveV1, CooperativeWentSilentV1, event } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, type JobSchedule, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { activityOn, SILENT_AFTER_DAYS } from '../cooperative/axes';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { dayOf } from '../day';

const SILENCE_MS = SILENT_AFTER_DAYS * 86_400_000;

/**
 * Tells of verified cooperatives that became active or fell silent, once per change. Activity itself is never stored: it follows from
 * when they were last seen. Who was never seen is not silent, so an import of thousands invites nobody back.
 */
@Job({ queue: 'onboarding-follow-activity' })
export class FollowActivityJob implements JobHandler<{ cooperativeId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async process({ cooperativeId }: { cooperativeId: string }): Promise<void> {
    await this.mongo.transaction(async (session) => {
      const now = this.clock.now();
      const cooperative = await this.cooperatives.findOne({ _id: cooperativeId, ...changed(now) }).session(session);
      if (!cooperative) return;
      await this.outbox.add(cooperative, tell(cooperative, now), session);
      await cooperative.save({ session });
    });
  }

  async schedules(): Promise<JobSchedule<{ cooperativeId: string }>[]> {
    return [];
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ cooperativeId: string }>[]> {
    const found = await this.cooperatives.find(changed(now), { _id: 1 }).limit(limit).lean<Cooperative[]>();
    return found.map(({ _id }) => ({ id: `${_id}-activity`, data: { cooperativeId: _id } }));
  }
}

function changed(now: Date) {
  const silentBefore = new Date(now.getTime() - SILENCE_MS);
  return {
    registration: 'verified' as const,
    entity: { $in: ['active' as const, 'dormant' as const] },
    $or: [
      { activityTold: { $in: [null, 'silent' as const] }, lastSeenAt: { $gte: silentBefore } },
      { activityTold: 'active' as const, lastSeenAt: { $lt: silentBefore } },
    ],
  };
}

function tell(cooperative: CooperativeDocument, now: Date): CooperativeBecameActiveV1 | CooperativeWentSilentV1 {
  const lastSeenAt = cooperative.lastSeenAt as Date;
  if (activityOn(lastSeenAt, now) === 'silent') {
    cooperative.activityTold = 'silent';
    const since = dayOf(new Date(lastSeenAt.getTime() + SILENCE_MS));
    return event(CooperativeWentSilentV1, cooperative.fact(now, since));
  }
  cooperative.activityTold = 'active';
  return event(CooperativeBecameActiveV1, cooperative.fact(now, lastSeenAt.toISOString()));
}
