import { Clock, Jobs, Mongo, newId, type Wakeup } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Audience } from './audience.schema';

/** The queue of `ResolveAudienceJob`. */
export const AUDIENCE_QUEUE = 'notifications-resolve-audience';

export type AudiencePlan = Pick<
  Audience,
  'cause' | 'template' | 'question' | 'details' | 'expiresAt' | 'workflow' | 'category' | 'lane'
> &
  Partial<Pick<Audience, 'cooperativeId' | 'course' | 'notBefore' | 'together'>>;

/** Causes that wait for their recipients. */
@Injectable()
export class Audiences {
  constructor(
    @InjectModel(Audience.name) private readonly audiences: Model<Audience>,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Records that this cause is to be announced, once; wakes the job that asks for whom. */
  async plan(plan: AudiencePlan, session: ClientSession): Promise<void> {
    const { cause, template, ...rest } = plan;
    const _id = newId();
    const start = { _id, state: 'planned', attempt: 0, dueAt: new Date(), plannedAt: this.clock.now() };
    const { upsertedId } = await this.audiences.updateOne(
      { cause, template },
      { $setOnInsert: { ...rest, ...start } },
      { upsert: true, session },
    );
    if (upsertedId === null) return;
    this.mongo.afterCommit(session, () => void this.jobs.wake(AUDIENCE_QUEUE, audienceWakeup({ _id, attempt: 0 })));
  }

  /** Nobody is asked any more on behalf of a course. */
  async stop(course: string, session: ClientSession): Promise<void> {
    const update = { $set: { state: 'stopped' as const }, $unset: { dueAt: 1 } };
    await this.audiences.updateMany({ course, state: 'planned' }, update, { session });
  }
}

/** The wake-up of an audience's next attempt. */
export function audienceWakeup({ _id, attempt }: Pick<Audience, '_id' | 'attempt'>): Wakeup<{ audienceId: string }> {
  return { id: `${_id}-resolve-${attempt}`, data: { audienceId: _id } };
}
