import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, type JobSchedule, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { dayOf } from '../day';
import { EvidenceFiles } from '../evidence/evidence-files';
import { Evidence } from '../evidence/evidence.schema';
import { Requirements } from '../requirement/requirements';

/** Longer than any upload takes. */
const NOBODYS_MS = 3_600_000;

/** Accepted documents end with their last day, and what they showed is due again; bytes that no document names are swept away. */
@Job({ queue: 'onboarding-keep-evidence' })
export class KeepEvidenceJob implements JobHandler<object> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Evidence.name) private readonly evidence: Model<Evidence>,
    private readonly files: EvidenceFiles,
    private readonly requirements: Requirements,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async process(): Promise<void> {
    const now = this.clock.now();
    for (const { _id } of await this.evidence.find(ended(now), { _id: 1 }).lean()) {
      await this.mongo.transaction(async (session) => {
        const found = await this.evidence.findOne({ _id, ...ended(now) }).session(session);
        if (!found) return;
        await this.outbox.add(found, found.expire(now), session);
        await found.save({ session });
        const { cooperativeId, requirement, period } = found;
        const why = [{ requirement, code: 'expired' }];
        await this.requirements.reopen(cooperativeId, requirement, why, session, { by: 'system', period });
      });
    }
    // Uploads happen in the time of the machine.
    await this.files.sweep(new Date(Date.now() - NOBODYS_MS));
  }

  async schedules(): Promise<JobSchedule[]> {
    return [{ id: 'hourly', pattern: '20 * * * *', timeZone: 'Asia/Jakarta', data: {} }];
  }

  async due(now: Date): Promise<Wakeup[]> {
    return (await this.evidence.exists(ended(now))) ? [{ id: 'ended-evidence', data: {} }] : [];
  }
}

function ended(now: Date) {
  return { state: 'accepted' as const, expiresOn: { $lt: dayOf(now), $gt: '' } };
}
