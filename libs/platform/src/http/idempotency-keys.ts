import { Injectable } from '@nestjs/common';
import type { ClientSession, Model } from 'mongoose';
import { newId } from '../ids';
import type { Mongo } from '../stores/mongo';
import { isDuplicate } from '../stores/store-errors';
import { currentTrace, type TraceContext } from '../trace';
import { type IdempotencyRecord, IdempotencySchema } from './idempotency.schema';
import { idempotencyInProgress, idempotencyKeyReused } from './problems.templates';

const LEASE = 60_000;
const LIFE = 24 * 3_600_000;

type Claim = NonNullable<TraceContext['claim']>;

/** A request as the keys see it. */
export interface KeyedRequest {
  route: string;
  caller: string;
  key: string;
  fingerprint: string;
  status: number;
}

/**
 * The keys under which a POST takes effect once. A key is claimed outside of the effect's transaction and the answer is
 * written inside of it, so that there is no moment in which the effect is there and its answer is not.
 */
@Injectable()
export class IdempotencyKeys {
  private readonly model: Model<IdempotencyRecord>;

  constructor(mongo: Mongo) {
    this.model = mongo.connection.model<IdempotencyRecord>('IdempotencyKey', IdempotencySchema);
  }

  /** Claims a key for a request: the claim, or the stored answer of an earlier request. */
  async claim(request: KeyedRequest): Promise<{ claim: Claim } | { stored: IdempotencyRecord }> {
    const { status, ...identity } = request;
    for (;;) {
      const claim: Claim = { id: newId(), claimId: newId(), status, recorded: false };
      try {
        await this.model.create([{ ...identity, _id: claim.id, ...lease(claim) }]);
        return { claim };
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const { route, caller, key } = identity;
      const known = await this.model.findOne({ route, caller, key }).lean<IdempotencyRecord>();
      if (!known) continue;
      const now = Date.now();
      const expired = known.expiresAt.getTime() <= now;
      if (!expired) {
        if (known.fingerprint !== identity.fingerprint) throw idempotencyKeyReused();
        if (known.state === 'done') return { stored: known };
        if (known.leaseUntil.getTime() > now) throw running(known.leaseUntil.getTime() - now);
      }
      const taken = await this.model.findOneAndUpdate(
        { _id: known._id, claimId: known.claimId, state: known.state },
        {
          $set: { fingerprint: identity.fingerprint, ...lease(claim) },
          $unset: { answer: 1, status: 1, location: 1, problem: 1 },
        },
      );
      if (taken) return { claim: { ...claim, id: known._id } };
    }
  }

  /**
   * Writes the answer of this request in the transaction of its effect; without a key it does nothing. The answer must not
   * hold derived tokens: those are filled in when it is given out, by `@Idempotent({ fill })`.
   */
  async record(
    answer: object,
    session: ClientSession,
    options: { status?: number; location?: string } = {},
  ): Promise<void> {
    const claim = currentTrace()?.claim;
    if (!claim) return;
    const { modifiedCount } = await this.model.updateOne(
      { _id: claim.id, claimId: claim.claimId, state: 'running' },
      {
        $set: {
          state: 'done',
          answer,
          status: options.status ?? claim.status,
          ...(options.location && { location: options.location }),
        },
      },
      { session },
    );
    // The lease was over and somebody else took the key: this attempt must not take effect.
    if (modifiedCount === 0) throw running(1_000);
    claim.recorded = true;
  }

  /** Completes what `record` wrote, or writes it where the handler did not: after the effect, so only nearly as good. */
  async finish(claim: Claim, found: { status: number; answer: unknown; location?: string }): Promise<void> {
    const { answer, ...rest } = found;
    const update = claim.recorded ? rest : { ...rest, answer, state: 'done' };
    await this.model.updateOne({ _id: claim.id, claimId: claim.claimId }, { $set: update });
  }

  /** Stores a refusal as the answer, unless the effect was recorded after all. */
  async refuse(claim: Claim, status: number, answer: object): Promise<void> {
    await this.model.updateOne(
      { _id: claim.id, claimId: claim.claimId, state: 'running' },
      { $set: { status, answer, problem: true, state: 'done' } },
    );
  }

  /** Gives a key back whose request had no effect, so that it may be used again. */
  async release(claim: Claim): Promise<void> {
    await this.model.deleteOne({ _id: claim.id, claimId: claim.claimId, state: 'running' });
  }
}

function lease(claim: Claim) {
  const now = Date.now();
  return {
    claimId: claim.claimId,
    state: 'running',
    leaseUntil: new Date(now + LEASE),
    expiresAt: new Date(now + LIFE),
  } as const;
}

function running(milliseconds: number) {
  return idempotencyInProgress({ headers: { 'Retry-After': String(Math.max(1, Math.ceil(milliseconds / 1_000))) } });
}
