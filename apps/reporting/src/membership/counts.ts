import { Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Zone } from '../progress/zones';
import { type CountChange, EVERY_ZONE } from './changes';
import { FoldLease } from './fold-lease';
import { CountCell, Membership, SLOT_MS } from './membership.schema';

/** So many opened and closed on a day, in an area, as learnt in one half hour. */
export type Count = Pick<CountCell, 'day' | 'area' | 'type' | 'opened' | 'closed' | 'slot'>;

/**
 * Answers "how many, when, as known when" from memory: this process keeps the cells of the counts and asks only for those
 * that changed since it last asked. A question about the middle of a half hour reads the memberships that changed in it.
 */
@Injectable()
export class Counts {
  private cells = new Map<string, CountCell>();
  private version = 0;
  private refreshing: Promise<Date | null> | undefined;

  constructor(
    @InjectModel(CountCell.name) private readonly stored: Model<CountCell>,
    @InjectModel(Membership.name) private readonly memberships: Model<Membership>,
    private readonly lease: FoldLease,
    private readonly mongo: Mongo,
  ) {}

  /** What was known of a series at an instant, as days of a zone. */
  async known(series: string, zone: Zone, knownAt: Date): Promise<Count[]> {
    const latest = await this.refresh();
    const time = knownAt.getTime();
    const everything = latest === null || latest.getTime() <= time;
    const known: Count[] = [];
    for (const cell of this.cells.values()) {
      if (cell.series !== series || (cell.zone !== EVERY_ZONE && cell.zone !== zone)) continue;
      if (everything || cell.slot.getTime() + SLOT_MS - 1 <= time) known.push(cell);
    }
    // Changes that cancel out by the end of their half hour leave no cell, so the absence of one says nothing about its middle.
    const isWithinSlot = !everything && (time + 1) % SLOT_MS !== 0;
    return isWithinSlot ? [...known, ...(await this.withinSlot(series, zone, knownAt))] : known;
  }

  private async withinSlot(series: string, zone: Zone, knownAt: Date): Promise<Count[]> {
    const slot = new Date(Math.floor(knownAt.getTime() / SLOT_MS) * SLOT_MS);
    const inSlot = (change: CountChange) =>
      change.series === series &&
      (change.zone === EVERY_ZONE || change.zone === zone) &&
      change.knownAt >= slot &&
      change.knownAt <= knownAt;
    const rows = await this.memberships
      .find({ changes: { $elemMatch: { knownAt: { $gte: slot, $lte: knownAt } } } })
      .lean();
    return rows.flatMap(({ changes }) => changes.filter(inSlot).map((change) => ({ ...change, slot })));
  }

  /** Questions that come together share one refresh that began after each of them. */
  private async refresh(): Promise<Date | null> {
    const running = this.refreshing;
    if (running) await running.catch(() => {});
    this.refreshing ??= this.readNewer().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  private async readNewer(): Promise<Date | null> {
    const state = await this.lease.state();
    if (state.version === this.version) return state.latestKnownAt;
    // One snapshot of state and cells, or a cell that the next fold changes meanwhile would be seen in neither version.
    return this.mongo.transaction(async (session) => {
      const { version, latestKnownAt } = await this.lease.state(session);
      const isOlder = version < this.version;
      const newer = await this.stored
        .find({ version: { $gt: isOlder ? 0 : this.version } })
        .session(session)
        .lean();
      if (isOlder) this.cells = new Map();
      for (const cell of newer) this.cells.set(cell._id, cell);
      this.version = version;
      return latestKnownAt;
    });
  }
}
