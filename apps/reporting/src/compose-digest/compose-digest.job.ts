import { DigestComposedV1, event } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Clock, isDuplicate, Job, type JobHandler, Mongo, newId, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DigestSubscription, type DigestSaid } from '../digest/digest-subscription.schema';
import { nextComposing } from '../digest/digest-times';
import { Fold } from '../membership/fold';
import { addDays, dayIn } from '../progress/day';
import { type ProgressAnswer, ProgressReader } from '../progress/progress-reader';
import { Target } from '../target/target.schema';

/**
 * Puts a digest together some time before the hour that it was ordered for: the figures at the close of the day before. What was
 * missed while nobody ran is made up for once, with the latest figures.
 */
@Job({ queue: 'reporting-compose-digest', concurrency: 4 })
export class ComposeDigestJob implements JobHandler<{ subscriptionId: string }> {
  constructor(
    @InjectModel(DigestSubscription.name) private readonly subscriptions: Model<DigestSubscription>,
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    private readonly reader: ProgressReader,
    private readonly fold: Fold,
    private readonly outbox: Outbox,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async process({ subscriptionId }: { subscriptionId: string }): Promise<void> {
    const subscription = await this.subscriptions.findById(subscriptionId).lean<DigestSubscription>();
    const now = this.clock.now();
    if (!subscription || subscription.nextAt > now) return;
    const target = await this.targets.findOne({ key: subscription.targetKey }).lean<Target>();
    // Facts that are recorded but not folded yet belong in; where another process folds them, the timer comes back.
    if (!target || !(await this.fold.drain())) return;
    const asOf = addDays(dayIn(target.timeZone, now), -1);
    const progress = await this.reader.read(target, { asOf }, 'id');
    await this.compose(subscription, progress, now);
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ subscriptionId: string }>[]> {
    const due = await this.subscriptions
      .find({ nextAt: { $lte: now } })
      .sort({ nextAt: 1 })
      .limit(limit)
      .lean<DigestSubscription[]>();
    return due.map(({ _id, nextAt }) => ({ id: `${_id}-${nextAt.getTime()}-digest`, data: { subscriptionId: _id } }));
  }

  /** The fact and the next time are one transaction on the time that was due, so that of two processes one tells. */
  private compose(subscription: DigestSubscription, progress: ProgressAnswer, now: Date): Promise<void> {
    const { _id, nextAt, said, skipIfUnchanged } = subscription;
    const says = { asOf: progress.asOf, actual: progress.actual, status: progress.status.state };
    const isTold = !(skipIfUnchanged && said && isSame(said, says));
    return this.mongo
      .transaction(async (session) => {
        const aggregate = { id: _id, sequence: subscription.sequence };
        if (isTold) await this.outbox.add(aggregate, factOf(subscription, progress, now), session);
        const next = { nextAt: nextComposing(subscription, now), sequence: aggregate.sequence };
        const { matchedCount } = await this.subscriptions.updateOne(
          { _id, nextAt },
          { $set: { ...next, ...(isTold && { said: says }) } },
          { session },
        );
        if (matchedCount === 0) throw new NotDue();
      })
      .catch((error: unknown) => {
        if (!(error instanceof NotDue) && !isDuplicate(error)) throw error;
      });
  }
}

/** Another process told it, or nobody wants it any more. */
class NotDue extends Error {}

function isSame(said: DigestSaid, says: DigestSaid): boolean {
  return said.actual === says.actual && said.status === says.status;
}

function factOf(subscription: DigestSubscription, progress: ProgressAnswer, now: Date): DigestComposedV1 {
  const { officialId, targetKey, period, orderedFor, timeZone, said } = subscription;
  const { asOf, actual, target, requiredPace, days, status } = progress;
  return event(DigestComposedV1, {
    digestId: newId(),
    officialId,
    targetKey,
    period,
    orderedFor,
    timeZone,
    asOf,
    actual,
    target: target.value,
    ...(said && { gained: actual - said.actual }),
    ...(requiredPace.perWeek !== null && { requiredPerWeek: requiredPace.perWeek }),
    daysLeft: days.left,
    status: status.state,
    effectiveOn: asOf,
    knownAt: now.toISOString(),
  });
}
