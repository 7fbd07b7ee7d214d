import { Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientSession, Model } from 'mongoose';
import { Fact } from '../fact/fact.schema';
import { type CountChange, changesOf } from '../membership/changes';
import { CooperativeFactsReader } from '../membership/cooperative-facts';
import { Fold } from '../membership/fold';
import { FoldLease } from '../membership/fold-lease';
import { CountCell, cellOf, Membership } from '../membership/membership.schema';
import { type Cell, Cells, differingCells } from './cells';

/** Where the running projections differ from what the record says. */
export interface Difference {
  kind: 'membership' | 'cell';
  id: string;
}

export interface RebuildOutcome {
  /** Whether the running projections were what the record says. */
  same: boolean;
  cooperatives: number;
  cells: number;
  /** The first of them. */
  differences: Difference[];
  differing: number;
  /** The differences were put right. */
  repaired: boolean;
}

const AT_ONCE = 200;
const SHOWN = 100;
const PATIENCE_MS = 60_000;

/**
 * Builds the projections from the record beside the running ones and compares them, bit by bit. Folding waits meanwhile; facts go
 * on arriving and stay pending. Without `check` what differs is written anew.
 */
@Injectable()
export class RebuildProjectionsHandler {
  constructor(
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    @InjectModel(Membership.name) private readonly memberships: Model<Membership>,
    @InjectModel(CountCell.name) private readonly cells: Model<CountCell>,
    private readonly reader: CooperativeFactsReader,
    private readonly fold: Fold,
    private readonly lease: FoldLease,
    private readonly mongo: Mongo,
  ) {}

  async execute({ check }: { check: boolean }): Promise<RebuildOutcome> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await this.lease.take())) {
      if (Date.now() > deadline) throw new Error('another process is folding and does not stop');
      await pause(200);
    }
    try {
      await this.fold.foldPending();
      return await this.compare(!check);
    } finally {
      await this.lease.release();
    }
  }

  private async compare(repair: boolean): Promise<RebuildOutcome> {
    const ids = (await this.facts.distinct('cooperativeId')).filter((id): id is string => typeof id === 'string');
    const rebuilt = new Cells();
    const memberships: string[] = [];
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      memberships.push(...(await this.compareMemberships(ids.slice(start, start + AT_ONCE), rebuilt, repair)));
    }
    memberships.push(...(await this.strays(new Set(ids), repair)));
    const cells = differingCells(await this.cells.find().lean(), rebuilt);
    if (repair)
      for (let start = 0; start < cells.length; start += AT_ONCE) await this.put(cells.slice(start, start + AT_ONCE));
    const differences: Difference[] = [
      ...memberships.map((id) => ({ kind: 'membership' as const, id })),
      ...cells.map(({ _id: id }) => ({ kind: 'cell' as const, id })),
    ];
    return {
      same: differences.length === 0,
      cooperatives: ids.length,
      cells: rebuilt.size,
      differences: differences.slice(0, SHOWN),
      differing: differences.length,
      repaired: repair && differences.length > 0,
    };
  }

  private async compareMemberships(ids: string[], rebuilt: Cells, repair: boolean): Promise<string[]> {
    const { differing, changes } = await this.mongo.transaction(async (session) => {
      await this.lease.confirm(session, null);
      const wanted = new Set(ids);
      const facts = await this.reader.read(ids, new Set(), session);
      const now = facts
        .filter(({ cooperativeId }) => wanted.has(cooperativeId))
        .map((of) => ({ _id: of.cooperativeId, changes: changesOf(of) }));
      const stored = await this.memberships
        .find({ _id: { $in: ids } })
        .session(session)
        .lean();
      const before = new Map(stored.map((membership) => [membership._id, JSON.stringify(membership.changes)]));
      const differs = now.filter(
        (membership) => JSON.stringify(membership.changes) !== (before.get(membership._id) ?? '[]'),
      );
      if (repair) await this.replace(differs, session);
      return { differing: differs.map(({ _id }) => _id), changes: now.flatMap((membership) => membership.changes) };
    });
    for (const change of changes) rebuilt.add(cellOf(change), change);
    return differing;
  }

  private async replace(memberships: { _id: string; changes: CountChange[] }[], session: ClientSession): Promise<void> {
    if (memberships.length === 0) return;
    await this.memberships.db.collection<Membership>(this.memberships.collection.name).bulkWrite(
      memberships.map(({ _id, changes }) => ({
        replaceOne: { filter: { _id }, replacement: { changes }, upsert: true },
      })),
      { session, ordered: false },
    );
  }

  /** Memberships that no fact speaks of. */
  private async strays(known: ReadonlySet<string>, repair: boolean): Promise<string[]> {
    const stored = await this.memberships.find({}, { _id: 1 }).lean();
    const strays = stored.map(({ _id }) => _id).filter((id) => !known.has(id));
    if (repair && strays.length > 0) await this.memberships.deleteMany({ _id: { $in: strays } });
    return strays;
  }

  private async put(cells: Cell[]): Promise<void> {
    await this.mongo.transaction(async (session) => {
      const version = await this.lease.confirm(session, []);
      await this.cells.db.collection<CountCell>(this.cells.collection.name).bulkWrite(
        cells.map(({ _id, ...cell }) => ({
          updateOne: { filter: { _id }, update: { $set: { ...cell, version } }, upsert: true },
        })),
        { session, ordered: false },
      );
    });
  }
}
