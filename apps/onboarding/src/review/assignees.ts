import { dayIn } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { DateTime } from 'luxon';
import type { ClientSession, Model } from 'mongoose';
import { Conflicts } from '../officials/conflicts';
import { coversOffice, leastLoaded } from '../officials/least-loaded';
import { isAwayOn, Official } from '../officials/official.schema';
import { ReviewCase } from './review-case.schema';

const REVIEWERS = ['officer', 'verifier', 'ministry'] as const;
/** Where nobody was there it is looked again. */
const SEEK_AGAIN_MS = 15 * 60_000;

/** Who may take a case: in office there, not on leave, and without an interest in it. */
@Injectable()
export class Assignees {
  constructor(
    @InjectModel(Official.name) private readonly officials: Model<Official>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly conflicts: Conflicts,
  ) {}

  /** The one with the fewest open cases; never the one who is to give the case away. */
  async choose(found: ReviewCase, at: Date, zone: string, session: ClientSession, but?: string) {
    const able = (await this.able(found, at, zone, session)).filter(({ _id }) => _id !== but);
    const loads = await this.loadsOf(
      able.map(({ _id }) => _id),
      session,
    );
    return leastLoaded(
      able.map((official) => ({ ...official, id: official._id })),
      found.office.code,
      loads,
    );
  }

  /** Whether somebody may take it. */
  async one(officialId: string, found: ReviewCase, at: Date, zone: string, session: ClientSession) {
    return (await this.able(found, at, zone, session)).find(({ _id }) => _id === officialId);
  }

  /** When the assignee of a case is to be looked at again. */
  seekAt(official: Official | undefined, at: Date, zone: string): Date | undefined {
    if (!official) return new Date(at.getTime() + SEEK_AGAIN_MS);
    const today = dayIn(zone, at);
    const [next] = official.leave.flatMap(({ from }) => (from > today ? [from] : [])).sort();
    return next ? DateTime.fromISO(next, { zone }).toJSDate() : undefined;
  }

  private async able(found: ReviewCase, at: Date, zone: string, session: ClientSession): Promise<Official[]> {
    const officials = await this.officials
      .find({ roles: { $in: [...REVIEWERS] } })
      .session(session)
      .lean<Official[]>();
    const today = dayIn(zone, at);
    const present = officials
      .map((official) => (official.roles.includes('ministry') ? { ...official, territory: 'ID' } : official))
      .filter((official) => coversOffice(official.territory, found.office.code) && !isAwayOn(official, today));
    const partial = await this.conflicts.among(present, found.cooperativeId, session);
    return present.filter(({ _id }) => !partial.has(_id));
  }

  private async loadsOf(ids: string[], session: ClientSession): Promise<Map<string, number>> {
    const rows = await this.cases
      .aggregate<{ _id: string; count: number }>([
        { $match: { state: 'open', assignedTo: { $in: ids } } },
        { $group: { _id: '$assignedTo', count: { $sum: 1 } } },
      ])
      .session(session);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  }
}
