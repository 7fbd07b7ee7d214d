import type { mongo } from 'mongoose';
import type { RetryRow } from '../collections';
import { type DeadFilter, each, where } from './dead';
import { type Installation, WrongUsage } from './installation';

const DISCARDED_FOR = 30 * 86_400_000;
const CHUNK = 500;

export interface BulkOptions {
  dryRun?: boolean;
  /** Why, for the record. */
  note?: string;
  /** Redrive so many a second; without it all at once. */
  rate?: number;
}

export interface BulkOutcome {
  matched: number;
  changed: number;
}

/** Gives dead letters to the consumer that failed, and to no other, with all attempts before it again. */
export async function deadRedrive(
  installation: Installation,
  filter: DeadFilter,
  options: BulkOptions = {},
): Promise<BulkOutcome> {
  const { rate, note = '' } = options;
  let index = 0;
  return change(installation, { ...filter, state: 'dead' }, options, (ids, now) =>
    ids.map((_id) => {
      const dueAt = rate ? new Date(now.getTime() + (index++ * 1000) / rate) : now;
      const notes = { at: now, action: 'redriven' as const, note };
      return {
        filter: { _id, state: 'dead' },
        update: { $set: { state: 'waiting', attempt: 0, dueAt }, $push: { notes } },
      };
    }),
  );
}

/** Gives dead letters up, with the reason; they are kept for 30 days more. */
export async function deadDiscard(
  installation: Installation,
  filter: DeadFilter,
  options: BulkOptions = {},
): Promise<BulkOutcome> {
  const { note } = options;
  if (!note && !options.dryRun) throw new WrongUsage('Discarding needs a note that says why');
  return change(installation, { ...filter, state: 'dead' }, options, (ids, now) =>
    ids.map((_id) => {
      const notes = { at: now, action: 'discarded' as const, note: note ?? '' };
      const expiresAt = new Date(now.getTime() + DISCARDED_FOR);
      return { filter: { _id, state: 'dead' }, update: { $set: { state: 'discarded', expiresAt }, $push: { notes } } };
    }),
  );
}

type Updates = (ids: string[], now: Date) => { filter: mongo.Filter<RetryRow>; update: mongo.UpdateFilter<RetryRow> }[];

async function change(
  installation: Installation,
  filter: DeadFilter,
  options: BulkOptions,
  updates: Updates,
): Promise<BulkOutcome> {
  const outcomes = await each(installation, filter, async (rows) => {
    if (options.dryRun) return { matched: await rows.countDocuments(where(filter)), changed: 0 };
    // The ids first: a row that dies while this runs is not part of what was asked for.
    const ids = (await rows.find(where(filter), { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    let changed = 0;
    for (let start = 0; start < ids.length; start += CHUNK) {
      const chunk = updates(ids.slice(start, start + CHUNK), new Date());
      const { modifiedCount } = await rows.bulkWrite(
        chunk.map((updateOne) => ({ updateOne })),
        { ordered: false },
      );
      changed += modifiedCount;
    }
    return { matched: ids.length, changed };
  });
  return outcomes.reduce((sum, one) => ({ matched: sum.matched + one.matched, changed: sum.changed + one.changed }), {
    matched: 0,
    changed: 0,
  });
}
