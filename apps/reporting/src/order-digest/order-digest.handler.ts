import {
  Clock,
  fieldError,
  IdempotencyKeys,
  isDuplicate,
  Mongo,
  newId,
  refusal,
  ServiceClient,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DigestSubscription, digestView } from '../digest/digest-subscription.schema';
import { nextComposing } from '../digest/digest-times';
import { digestExists, FIELD } from '../problems.templates';
import { Target } from '../target/target.schema';
import type { OrderDigestDto } from './order-digest.dto';

/** Records that an official wants a digest of a target. Refuses officials and targets that there are not. */
@Injectable()
export class OrderDigestHandler {
  constructor(
    @InjectModel(DigestSubscription.name) private readonly subscriptions: Model<DigestSubscription>,
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    private readonly services: ServiceClient,
    private readonly mongo: Mongo,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async execute({ officialId, target: key, period, orderedFor = '07:00', skipIfUnchanged = false }: OrderDigestDto) {
    const [target, isOfficial] = await Promise.all([this.targets.findOne({ key }).lean(), this.isOfficial(officialId)]);
    if (!target || !isOfficial)
      throw refusal([
        ...(target ? [] : [fieldError('/target', 'unknown_target', FIELD.unknown_target)]),
        ...(isOfficial ? [] : [fieldError('/officialId', 'unknown_official', FIELD.unknown_official)]),
      ]);
    const now = this.clock.now();
    const rhythm = { period, orderedFor, timeZone: target.timeZone };
    const subscription: DigestSubscription = {
      _id: newId(),
      officialId,
      targetKey: key,
      ...rhythm,
      skipIfUnchanged,
      nextAt: nextComposing(rhythm, now),
      createdAt: now,
      sequence: 0,
    };
    return this.mongo
      .transaction(async (session) => {
        await this.subscriptions.create([subscription], { session });
        const answer = digestView(subscription);
        await this.idempotency.record(answer, session);
        return answer;
      })
      .catch((error: unknown) => {
        throw isDuplicate(error) ? digestExists() : error;
      });
  }

  private async isOfficial(id: string): Promise<boolean> {
    const found = await this.services.get<{ items: object[] }>('onboarding', `/internal/officials?id=${id}`);
    return (found?.items.length ?? 0) > 0;
  }
}
