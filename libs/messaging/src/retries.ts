import { describeError, isDuplicate } from '@idxcoop/platform';
import type { mongo } from 'mongoose';
import type { RetryRow } from './collections';
import { PermanentError } from './permanent-error';

/** A message as far as it could be read, and who failed on it. */
export interface Failed {
  consumer: string;
  eventId: string;
  type: string;
  partitionKey?: string;
  body: string;
  traceId?: string;
}

/** Why a row exists, for filters and groups. */
export type Reason =
  | 'handler_failed'
  | 'contended'
  | 'unknown_event'
  | 'malformed'
  | 'invalid'
  | 'permanent'
  | 'crash_loop'
  | 'delivery_limit';

/** About how long a call is put off whose transaction ran into another one. */
const POSTPONED_FOR = 2_000;

/** A row that was taken for another attempt. */
export interface ClaimedRow extends RetryRow {
  /** Its last attempt never came back: it, or what ran beside it, ended the process. */
  isSuspect: boolean;
}

export const retryId = (consumer: string, eventId: string): string => `${consumer}/${eventId}`;

/**
 * What waits for another attempt, and what is dead, of all consumers of a service. An attempt is counted before it begins, so
 * the number of attempts is exact over replicas and crashes.
 */
export class Retries {
  constructor(
    private readonly rows: () => mongo.Collection<RetryRow>,
    private readonly tiers: readonly number[],
    private readonly claimFor: number,
    private readonly onDead: (row: Pick<RetryRow, 'consumer' | 'reason' | 'eventId' | 'type'>) => void = () => {},
  ) {}

  /** How often a consumer is called at most. */
  get attempts(): number {
    return this.tiers.length + 1;
  }

  /** A consumer failed on a fresh delivery; a row that is there already (the event came twice) counts this attempt too. */
  async failed(message: Failed, error: unknown, reason: Reason = 'handler_failed'): Promise<void> {
    if (error instanceof PermanentError) return this.dead(message, 'permanent', error);
    const now = new Date();
    try {
      const row = await this.rows().findOneAndUpdate(
        { _id: retryId(message.consumer, message.eventId), state: 'waiting' },
        {
          $inc: { attempt: 1 },
          $set: { reason, lastAt: now, error: describeError(error) },
          $setOnInsert: { ...this.fresh(message, now), dueAt: this.due(1, now) },
        },
        { upsert: true, returnDocument: 'after' },
      );
      if (row && (row.attempt > 1 || this.attempts === 1)) await this.settle(row, error, reason);
    } catch (problem) {
      // The row is dead or discarded already: that stands.
      if (!isDuplicate(problem)) throw problem;
    }
  }

  /** No further attempt: dead at once. */
  async dead(message: Failed, reason: Reason, error: unknown): Promise<void> {
    const now = new Date();
    try {
      await this.rows().updateOne(
        { _id: retryId(message.consumer, message.eventId), state: 'waiting' },
        {
          $inc: { attempt: 1 },
          $set: { state: 'dead', reason, lastAt: now, error: describeError(error) },
          $setOnInsert: { ...this.fresh(message, now), dueAt: now },
        },
        { upsert: true },
      );
    } catch (problem) {
      if (isDuplicate(problem)) return;
      throw problem;
    }
    this.onDead({ ...message, reason });
  }

  /**
   * Before a call whose delivery came back: counts the attempt first, since the last process may have died of it. False when
   * the row is there already: then the retry loop has it. With `attempt` 0 the call is left to the loop altogether.
   */
  async begin(message: Failed, attempt: 0 | 1): Promise<boolean> {
    const now = new Date();
    try {
      await this.rows().insertOne({
        _id: retryId(message.consumer, message.eventId),
        ...this.fresh(message, now),
        state: 'waiting',
        attempt,
        dueAt: attempt === 0 ? now : new Date(now.getTime() + this.claimFor),
        reason: 'crash_loop',
        lastAt: now,
      });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** A call that could not even begin (another transaction was in the way) is put off and does not count. */
  async postpone(message: Failed): Promise<void> {
    const now = new Date();
    const dueAt = new Date(now.getTime() + POSTPONED_FOR * (0.5 + Math.random()));
    await this.rows().updateOne(
      { _id: retryId(message.consumer, message.eventId) },
      {
        $setOnInsert: {
          ...this.fresh(message, now),
          state: 'waiting',
          attempt: 0,
          dueAt,
          reason: 'contended',
          lastAt: now,
        },
      },
      { upsert: true },
    );
  }

  /** The same for a row whose attempt was counted before the call. */
  async postponeCounted(row: Pick<RetryRow, '_id' | 'attempt'>): Promise<void> {
    const dueAt = new Date(Date.now() + POSTPONED_FOR * (0.5 + Math.random()));
    await this.rows().updateOne(
      { _id: row._id, attempt: row.attempt, state: 'waiting' },
      { $inc: { attempt: -1 }, $set: { dueAt, reason: 'contended' } },
    );
  }

  /** An attempt that was counted before has failed: the next tier, or dead after the last. */
  async settle(
    row: Pick<RetryRow, '_id' | 'attempt' | 'consumer' | 'eventId' | 'type'>,
    error: unknown,
    reason: Reason,
  ): Promise<void> {
    const now = new Date();
    const isPermanent = error instanceof PermanentError;
    const isDead = isPermanent || row.attempt >= this.attempts;
    const why = isPermanent && reason === 'handler_failed' ? 'permanent' : reason;
    const { modifiedCount } = await this.rows().updateOne(
      { _id: row._id, attempt: row.attempt, state: 'waiting' },
      {
        $set: {
          reason: why,
          error: describeError(error),
          lastAt: now,
          dueAt: isDead ? now : this.due(row.attempt, now),
          state: isDead ? 'dead' : 'waiting',
        },
      },
    );
    if (isDead && modifiedCount > 0) this.onDead({ ...row, reason: why });
  }

  /** Takes one due row of these, its attempt already raised. */
  async claim(filter: mongo.Filter<RetryRow>, dueBefore: Date): Promise<ClaimedRow | null> {
    const row = await this.rows().findOneAndUpdate(
      { ...filter, state: 'waiting', dueAt: { $gte: new Date(0), $lte: dueBefore }, attempt: { $lt: this.attempts } },
      { $inc: { attempt: 1 }, $set: { dueAt: new Date(Date.now() + this.claimFor), reason: 'crash_loop' } },
      { returnDocument: 'before' },
    );
    return row && { ...row, attempt: row.attempt + 1, isSuspect: row.reason === 'crash_loop' };
  }

  /** Rows whose last attempt never came back: its process died of it, or with it. */
  async buryCrashed(): Promise<void> {
    const crashed: mongo.Filter<RetryRow> = {
      state: 'waiting',
      dueAt: { $gte: new Date(0), $lte: new Date() },
      attempt: { $gte: this.attempts },
    };
    const { modifiedCount } = await this.rows().updateMany(crashed, {
      $set: { state: 'dead', reason: 'crash_loop', lastAt: new Date() },
    });
    for (let index = 0; index < modifiedCount; index += 1) {
      this.onDead({ consumer: '', reason: 'crash_loop', eventId: '', type: '' });
    }
  }

  /** The consumer has acted: nothing is left of it. */
  async done(id: string, session?: mongo.ClientSession): Promise<void> {
    await this.rows().deleteOne({ _id: id }, session ? { session } : {});
  }

  private due(attempt: number, now: Date): Date {
    return new Date(now.getTime() + (this.tiers[attempt - 1] ?? this.tiers.at(-1) ?? 0));
  }

  private fresh(
    message: Failed,
    firstAt: Date,
  ): Omit<RetryRow, '_id' | 'attempt' | 'dueAt' | 'reason' | 'lastAt' | 'state'> {
    const { consumer, eventId, type, partitionKey, body, traceId } = message;
    return {
      consumer,
      eventId,
      type,
      ...(partitionKey && { partitionKey }),
      body,
      ...(traceId && { traceId }),
      firstAt,
    };
  }
}
