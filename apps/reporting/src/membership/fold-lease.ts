import { isDuplicate } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { ClientSession, Model } from 'mongoose';
import type { CountChange } from './changes';
import { FoldState } from './membership.schema';

const MEMBERSHIPS = 'memberships';
const LEASE_MS = 30_000;

/** Another process folds now; what this one computed is not written. */
export class FoldLeaseLost extends Error {}

/** One folder at a time. The lease is confirmed inside each transaction, so a folder that slept past it writes nothing. */
@Injectable()
export class FoldLease {
  private readonly holder = randomUUID();

  constructor(@InjectModel(FoldState.name) private readonly states: Model<FoldState>) {}

  /** Takes the lease; false where somebody holds it, this process included. */
  async take(): Promise<boolean> {
    const free = { _id: MEMBERSHIPS, $or: [{ holder: null }, { until: { $lt: new Date() } }] };
    try {
      const state = await this.states.findOneAndUpdate(
        free,
        { $set: this.claim() },
        { upsert: true, returnDocument: 'after' },
      );
      return state?.holder === this.holder;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Lets the next one have it at once. */
  async release(): Promise<void> {
    await this.states.updateOne({ _id: MEMBERSHIPS, holder: this.holder }, { $set: { holder: null } });
  }

  /** Inside a transaction: holds the lease to its commit. With changes it answers the version that they are written under. */
  async confirm(session: ClientSession, changes: readonly CountChange[] | null): Promise<number> {
    const latest = changes?.length ? new Date(Math.max(...changes.map(({ knownAt }) => knownAt.getTime()))) : null;
    const state = await this.states.findOneAndUpdate(
      { _id: MEMBERSHIPS, holder: this.holder },
      {
        $set: this.claim(),
        ...(changes ? { $inc: { version: 1 } } : {}),
        ...(latest ? { $max: { latestKnownAt: latest } } : {}),
      },
      { session, returnDocument: 'after' },
    );
    if (!state) throw new FoldLeaseLost();
    return state.version ?? 0;
  }

  /** How far the projections are. */
  async state(session?: ClientSession): Promise<{ version: number; latestKnownAt: Date | null }> {
    const state = await this.states.findById(MEMBERSHIPS, null, { session: session ?? null }).lean();
    return { version: state?.version ?? 0, latestKnownAt: state?.latestKnownAt ?? null };
  }

  /** Inside a transaction: whether the counts are still of this version; written, so that no fold commits beside it unseen. */
  async isStill(version: number, session: ClientSession): Promise<boolean> {
    await this.states.updateOne({ _id: MEMBERSHIPS }, { $inc: { reads: 1 } }, { session });
    return (await this.state(session)).version === version;
  }

  private claim() {
    return { holder: this.holder, until: new Date(Date.now() + LEASE_MS) };
  }
}
