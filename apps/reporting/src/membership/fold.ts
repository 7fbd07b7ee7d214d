import { Log, Metrics, Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, mongo } from 'mongoose';
import { Fact, unfolded } from '../fact/fact.schema';
import { type CountChange, changesOf } from './changes';
import { CooperativeFactsReader } from './cooperative-facts';
import { FoldLease, FoldLeaseLost } from './fold-lease';
import { CountCell, cellOf, Membership } from './membership.schema';
import { FACT } from './statement';

/** The queue whose job folds facts; the consumer wakes it. */
export const FOLD_QUEUE = 'reporting-fold';

const AT_ONCE = 200;
const PARKED_MS = 60_000;

type Pending = Pick<Fact, '_id' | 'cooperativeId'>;

/**
 * Folds facts into what cooperatives add to the counts. A cooperative is computed anew from all of its facts, so neither the order
 * of facts nor a repetition matters; the lease in each transaction keeps two folders from adding the same difference. A cooperative
 * that cannot be folded is parked for a while, so that the others go on.
 */
@Injectable()
export class Fold {
  private readonly parked: ReturnType<Metrics['counter']>;

  constructor(
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    @InjectModel(Membership.name) private readonly memberships: Model<Membership>,
    @InjectModel(CountCell.name) private readonly cells: Model<CountCell>,
    private readonly reader: CooperativeFactsReader,
    private readonly lease: FoldLease,
    private readonly mongo: Mongo,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.parked = metrics.counter(
      'reporting_fold_parked_total',
      'Times that facts were put aside because folding them failed',
    );
  }

  /** Folds until nothing is pending that can be folded; false where another process does. */
  async drain(): Promise<boolean> {
    // A fact that was recorded while the lease was still ours found it taken, so look once more after letting go.
    while (await this.facts.exists(unfolded())) {
      if (!(await this.lease.take())) return false;
      try {
        await this.foldPending();
      } finally {
        await this.lease.release();
      }
    }
    return true;
  }

  /** The same for a caller that holds the lease. */
  async foldPending(): Promise<void> {
    while ((await this.foldBatch()) || (await this.foldRevert()));
  }

  /** Computes cooperatives anew and adds what differs to the cells. */
  async refold(cooperativeIds: readonly string[], folding: ReadonlySet<string>, session: ClientSession): Promise<void> {
    const facts = await this.reader.read(cooperativeIds, folding, session);
    const now = facts.map((of) => ({ _id: of.cooperativeId, changes: changesOf(of) }));
    const stored = await this.memberships
      .find({ _id: { $in: now.map(({ _id }) => _id) } })
      .session(session)
      .lean();
    const before = new Map(stored.map(({ _id, changes }) => [_id, changes]));
    const changed = now.filter(({ _id, changes }) => JSON.stringify(changes) !== JSON.stringify(before.get(_id) ?? []));
    const version = await this.lease.confirm(
      session,
      changed.length > 0 ? changed.flatMap(({ changes }) => changes) : null,
    );
    if (changed.length === 0) return;
    // By the driver: mongoose leaves out of an unordered bulk what it finds invalid, and says nothing.
    await this.memberships.db.collection<Membership>(this.memberships.collection.name).bulkWrite(
      changed.map(({ _id, changes }) => ({ replaceOne: { filter: { _id }, replacement: { changes }, upsert: true } })),
      { session, ordered: false },
    );
    const writes = additions(
      changed.flatMap(({ _id, changes }) => [...changes, ...(before.get(_id) ?? []).map(negated)]),
      version,
    );
    if (writes.length > 0)
      await this.cells.db
        .collection<CountCell>(this.cells.collection.name)
        .bulkWrite(writes, { session, ordered: false });
  }

  private async foldBatch(): Promise<boolean> {
    const batch: Pending[] = await this.facts
      .find({ ...unfolded(), type: { $ne: FACT.reverted } }, { cooperativeId: 1 })
      .limit(AT_ONCE)
      .lean();
    if (batch.length === 0) return false;
    await this.orOneByOne(batch, (facts) => this.foldTogether(facts));
    return true;
  }

  private foldTogether(batch: readonly Pending[]): Promise<void> {
    const folding = new Set(batch.map(({ _id }) => _id));
    const ids = batch.flatMap(({ cooperativeId }) => cooperativeId ?? []);
    return this.mongo.transaction(async (session) => {
      await this.refold(ids, folding, session);
      await this.markFolded([...folding], session);
    });
  }

  /** A revert may concern many cooperatives: they follow in parts, and the revert stays pending until all have. */
  private async foldRevert(): Promise<boolean> {
    const revert = await this.facts.findOne({ ...unfolded(), type: FACT.reverted }).lean();
    if (!revert) return false;
    const folding = new Set([revert._id]);
    const ids = await this.facts.distinct('cooperativeId', { importId: revert.importId });
    const all = ids.filter((id): id is string => typeof id === 'string');
    let isWhole = true;
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const part = all.slice(start, start + AT_ONCE).map((cooperativeId) => ({ _id: revert._id, cooperativeId }));
      const fold = (facts: readonly Pending[]) =>
        this.mongo.transaction((session) =>
          this.refold(
            facts.flatMap(({ cooperativeId }) => cooperativeId ?? []),
            folding,
            session,
          ),
        );
      isWhole = (await this.orOneByOne(part, fold)) && isWhole;
    }
    if (!isWhole) return true;
    await this.mongo.transaction(async (session) => {
      await this.lease.confirm(session, null);
      await this.markFolded([revert._id], session);
    });
    return true;
  }

  /** What fails together is tried cooperative by cooperative, and those that fail are parked; says whether none was. */
  private async orOneByOne(
    facts: readonly Pending[],
    fold: (facts: readonly Pending[]) => Promise<void>,
  ): Promise<boolean> {
    try {
      await fold(facts);
      return true;
    } catch (error) {
      if (error instanceof FoldLeaseLost) throw error;
    }
    let isWhole = true;
    for (const cooperativeId of new Set(facts.map((fact) => fact.cooperativeId))) {
      const own = facts.filter((fact) => fact.cooperativeId === cooperativeId);
      try {
        await fold(own);
      } catch (error) {
        if (error instanceof FoldLeaseLost) throw error;
        await this.park(cooperativeId, own, error);
        isWhole = false;
      }
    }
    return isWhole;
  }

  private async park(cooperativeId: string | undefined, facts: readonly Pending[], error: unknown): Promise<void> {
    const parkedUntil = new Date(Date.now() + PARKED_MS);
    await this.facts.updateMany({ _id: { $in: facts.map(({ _id }) => _id) } }, { $set: { parkedUntil } });
    this.parked.inc();
    this.log.error(
      { err: error, cooperativeId, parkedUntil },
      'a cooperative cannot be folded; it is tried again later',
    );
  }

  private async markFolded(ids: string[], session: ClientSession): Promise<void> {
    await this.facts.updateMany({ _id: { $in: ids } }, { $unset: { pending: 1, parkedUntil: 1 } }, { session });
  }
}

function negated(change: CountChange): CountChange {
  return { ...change, opened: -change.opened, closed: -change.closed };
}

/** One addition per cell. */
function additions(changes: readonly CountChange[], version: number): mongo.AnyBulkWriteOperation<CountCell>[] {
  const sums = new Map<string, { cell: ReturnType<typeof cellOf>; opened: number; closed: number }>();
  for (const change of changes) {
    const cell = cellOf(change);
    const sum = sums.get(cell._id) ?? { cell, opened: 0, closed: 0 };
    sums.set(cell._id, { cell, opened: sum.opened + change.opened, closed: sum.closed + change.closed });
  }
  return [...sums.values()]
    .filter(({ opened, closed }) => opened !== 0 || closed !== 0)
    .map(({ cell: { _id, ...cell }, opened, closed }) => ({
      updateOne: {
        filter: { _id },
        update: { $inc: { opened, closed }, $set: { version }, $setOnInsert: cell },
        upsert: true,
      },
    }));
}
