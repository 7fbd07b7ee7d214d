import { DateTime } from 'luxon';
import { type CalendarVersion, isWorkingDay, knownSpans, type Span } from './calendar-version';
import { DAY_MS } from './days';

/** When an office opens: work that comes in on a day off begins then. */
const OPENING_MS = 8 * 3_600_000;

/**
 * Time as an office counts it, by the calendar as it was known at an instant: a working day counts from midnight to midnight, a
 * day off counts nothing. So a term of five working days ends at the hour at which it began. For zones without summer time.
 */
export class WorkingTime {
  private readonly known: Span[];
  private readonly offset: number;

  constructor(calendar: readonly CalendarVersion[], knownAt: Date, zone: string) {
    this.known = knownSpans(calendar, knownAt);
    this.offset = DateTime.fromJSDate(knownAt, { zone }).offset * 60_000;
  }

  /** When work that comes in at an instant begins: at once, or at 08:00 of the next working day where that day is none. */
  begins(at: Date): Date {
    const day = this.dayOf(at.getTime());
    return this.works(day) ? at : new Date(this.startOf(this.nextWorking(day)) + OPENING_MS);
  }

  /** Milliseconds of work between two instants. */
  between(from: Date, to: Date): number {
    let worked = 0;
    for (let at = from.getTime(); at < to.getTime(); ) {
      const day = this.dayOf(at);
      const end = Math.min(this.startOf(day + 1), to.getTime());
      if (this.works(day)) worked += end - at;
      at = end;
    }
    return worked;
  }

  /** The instant at which so much work is done, counted from another. */
  after(from: Date, milliseconds: number): Date {
    let left = milliseconds;
    for (let at = from.getTime(); ; ) {
      const day = this.dayOf(at);
      const end = this.startOf(day + 1);
      if (this.works(day)) {
        if (left < end - at) return new Date(at + left);
        left -= end - at;
      }
      at = end;
    }
  }

  private nextWorking(day: number): number {
    let next = day + 1;
    while (!this.works(next)) next += 1;
    return next;
  }

  private works(day: number): boolean {
    return isWorkingDay(
      day,
      this.known.find((span) => span.from <= day && day <= span.to),
    );
  }

  private dayOf(at: number): number {
    return Math.floor((at + this.offset) / DAY_MS);
  }

  private startOf(day: number): number {
    return day * DAY_MS - this.offset;
  }
}
