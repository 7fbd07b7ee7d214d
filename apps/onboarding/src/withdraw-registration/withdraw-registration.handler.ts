import { Outbox } from '@idxcoop/messaging';
import { Clock, Mongo, RateLimits } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { HardKeys } from '../cooperative/hard-key.schema';
import { StatusToken } from '../cooperative/status-token';
import { ReviewCase } from '../review/review-case.schema';

/** Takes a registration back: its open cases end, its hard keys are free. */
@Injectable()
export class WithdrawRegistrationHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly status: StatusToken,
    private readonly limits: RateLimits,
    private readonly hardKeys: HardKeys,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, authorization: string | undefined) {
    // Only its own people use its limit up, so the token is looked at first.
    await this.status.open(id, authorization);
    await this.limits.take('withdrawals', id, { points: 10, seconds: 86_400 });
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const cooperative = await this.status.open(id, authorization, session);
      await this.outbox.add(cooperative, cooperative.withdraw(at), session);
      const open = { cooperativeId: id, state: 'open' as const, kind: 'application' as const };
      await this.cases.updateMany(open, { $set: { state: 'withdrawn', decidedAt: at } }, { session });
      await this.hardKeys.follow([cooperative], session);
      await cooperative.save({ session });
      return { id, registration: cooperative.registration };
    });
  }
}
