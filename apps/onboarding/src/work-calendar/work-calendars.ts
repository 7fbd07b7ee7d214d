import { DECREES_OF_2020, WorkingTime } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { KnownCalendar } from './work-calendar.schema';

const DECREES = DECREES_OF_2020.map((version) => ({ _id: `decree-${version.effectiveFrom}`, ...version }));

/** The work calendar as it is known at an instant: how time counts in a zone by it, and a mark that changes with every version. */
export interface WorkCalendarNow {
  mark: string;
  timeIn(zone: string): WorkingTime;
}

/** The versions of the work calendar that this service knows: the decrees of 2020, and what reporting told since. */
@Injectable()
export class WorkCalendars {
  constructor(@InjectModel(KnownCalendar.name) private readonly calendars: Model<KnownCalendar>) {}

  async at(now: Date, session?: ClientSession): Promise<WorkCalendarNow> {
    const stored = await this.calendars
      .find()
      .session(session ?? null)
      .lean<KnownCalendar[]>();
    const versions = [...DECREES, ...stored.map((row) => ({ ...row, daysOff: new Set(row.daysOff) }))];
    const known = versions.filter(({ knownAt }) => knownAt <= now);
    // How many are known as well: one that comes late may be older than the newest.
    const newest = known.reduce((last, { _id, knownAt }) => (knownAt >= last.knownAt ? { _id, knownAt } : last), {
      _id: 'none',
      knownAt: new Date(0),
    });
    return { mark: `${known.length}/${newest._id}`, timeIn: (zone) => new WorkingTime(versions, now, zone) };
  }
}
