import { Outbox } from '@idxcoop/messaging';
import { Clock, IdempotencyKeys, isDuplicate, Mongo, RateLimits } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { HardKeys } from '../cooperative/hard-key.schema';
import { StatusToken } from '../cooperative/status-token';
import { contactNotVerified, duplicateCooperative } from '../problems.templates';
import { ReviewDesk } from '../review/review-desk';

/** Hands the registration to the officers of its territory: also again, after a rejection. */
@Injectable()
export class SubmitApplicationHandler {
  constructor(
    private readonly mongo: Mongo,
    private readonly desk: ReviewDesk,
    private readonly status: StatusToken,
    private readonly limits: RateLimits,
    private readonly hardKeys: HardKeys,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, authorization: string | undefined) {
    // Only its own people use its limit up, so the token is looked at first.
    await this.status.open(id, authorization);
    await this.limits.take('submissions', id, { points: 10, seconds: 86_400 });
    try {
      return await this.mongo.transaction((session) => this.submit(id, authorization, session));
    } catch (error) {
      // It withdrew, somebody else registered under its number, and now it comes back.
      if (isDuplicate(error)) throw duplicateCooperative();
      throw error;
    }
  }

  private async submit(id: string, authorization: string | undefined, session: ClientSession) {
    const at = this.clock.now();
    const cooperative = await this.status.open(id, authorization, session);
    if (!cooperative.hasContact()) throw contactNotVerified();
    const reviewCase = await this.desk.open(cooperative, { kind: 'application' }, at, session);
    await this.outbox.add(cooperative, cooperative.submit(reviewCase._id, at), session);
    await this.hardKeys.follow([cooperative], session);
    await cooperative.save({ session });
    const answer = {
      id,
      registration: cooperative.registration,
      reviewCase: { id: reviewCase._id, state: reviewCase.state, openedAt: at.toISOString() },
      statusUrl: `/v1/cooperatives/${id}/status`,
    };
    await this.idempotency.record(answer, session);
    return answer;
  }
}
