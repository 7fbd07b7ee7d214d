import { Clock, Job, type JobHandler, type JobSchedule, Log, Metrics, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Erasure } from '../privacy/erasure';
import { PrivacyRequest } from '../privacy/privacy-request.schema';

/** Erasures hold against a restore: whoever is there again and stands in the log is erased again, each night and on command. */
@Job({ queue: 'onboarding-reapply-erasures', concurrency: 1 })
export class ReapplyErasuresJob implements JobHandler<object> {
  private readonly overdue;

  constructor(
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    private readonly erasure: Erasure,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.overdue = metrics.gauge('privacy_requests_overdue', 'Privacy requests that are open past their due time');
  }

  async process(): Promise<void> {
    const back = await this.erasure.restored();
    for (const known of back) await this.erasure.again(known, 'system');
    if (back.length > 0) this.log.warn({ people: back.length }, 'erased people had come back and were erased again');
  }

  async schedules(): Promise<JobSchedule[]> {
    return [{ id: 'nightly', pattern: '30 1 * * *', timeZone: 'Asia/Jakarta', data: {} }];
  }

  /** Nothing is due by itself; the look at the clock counts what is late. */
  async due(now: Date = this.clock.now()): Promise<Wakeup[]> {
    this.overdue.set(await this.requests.countDocuments({ state: 'open', dueAt: { $lt: now } }));
    return [];
  }
}
