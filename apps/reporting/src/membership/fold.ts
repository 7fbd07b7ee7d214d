import { Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, mongo } from 'mongoose';
import { Fact } from '../fact/fact.schema';
import { type CountChange, changesOf } from './changes';
import { CooperativeFactsReader } from './cooperative-facts';
import { FoldLease } from './fold-lease';
import { CountCell, cellOf, Membership } from './membership.schema';
import { FACT } from './statement';

/** The queue whose job folds facts; the consumer wakes it. */
export const FOLD_QUEUE = 'reporting-fold';

const AT_ONCE = 200;

/**
 * Folds facts into what cooperatives add to the counts. A cooperative is computed anew from all of its facts, so neither the order
 * of facts nor a repetition matters; the lease in each transaction keeps two folders from adding the same difference.
 */
@Injectable()
export class Fold {
  constructor(
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    @InjectModel(Membership.name) private readonly memberships: Model<Membership>,
    @InjectModel(CountCell.name) private readonly cells: Model<CountCell>,
    private readonly reader: CooperativeFactsReader,
    private readonly lease: FoldLease,
    private readonly mongo: Mongo,
  ) {}

  /** Folds until nothing is pending; false where another process does. */
  async drain(): Promise<boolean> {
    // A fact that was recorded while the lease was still ours found it taken, so look once more after letting go.
    while (await this.facts.exists({ pending: true })) {
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

  private foldBatch(): Promise<boolean> {
    return this.mongo.transaction(async (session) => {
      const batch = await this.facts
        .find({ pending: true, type: { $ne: FACT.reverted } }, { cooperativeId: 1 })
        .limit(AT_ONCE)
        .session(session)
        .lean();
      if (batch.length === 0) return false;
      const folding = new Set(batch.map(({ _id }) => _id));
      await this.refold(
        batch.flatMap(({ cooperativeId }) => cooperativeId ?? []),
        folding,
        session,
      );
      await this.markFolded([...folding], session);
      return true;
    });
  }

  /** A revert may concern many cooperatives: they follow in parts, and the revert stays pending until all have. */
  private async foldRevert(): Promise<boolean> {
    const revert = await this.facts.findOne({ pending: true, type: FACT.reverted }).lean();
    if (!revert) return false;
    const folding = new Set([revert._id]);
    const ids = await this.facts.distinct('cooperativeId', { importId: revert.importId });
    const all = ids.filter((id): id is string => typeof id === 'string');
    for (let start = 0; start < all.length; start += AT_ONCE) {
      await this.mongo.transaction((session) => this.refold(all.slice(start, start + AT_ONCE), folding, session));
    }
    await this.mongo.transaction(async (session) => {
      await this.lease.confirm(session, null);
      await this.markFolded([revert._id], session);
    });
    return true;
  }

  private async markFolded(ids: string[], session: ClientSession): Promise<void> {
    await this.facts.updateMany({ _id: { $in: ids } }, { $unset: { pending: 1 } }, { session });
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
