import { DateTime } from 'luxon';
import { type Day, dayNumber } from './days';

/** A version of the work calendar: what a decree says about a span of days, known from an instant on. */
export interface CalendarVersion {
  /** Its name in answers: the day of the decree. */
  effectiveFrom: Day;
  knownAt: Date;
  coversFrom: Day;
  coversTo: Day;
  /** Weekdays without work, inside the span. */
  daysOff: ReadonlySet<Day>;
}

/** A version in day numbers: a span of many years is counted in a moment. */
export interface Span {
  version: CalendarVersion;
  from: number;
  to: number;
  daysOff: ReadonlySet<number>;
}

/** Decrees are given in Jakarta. */
const DECREE_ZONE = 'Asia/Jakarta';

/** When a decree counts as known: at the close of its day. */
export function decreeKnownAt(effectiveFrom: Day): Date {
  return DateTime.fromISO(effectiveFrom, { zone: DECREE_ZONE }).endOf('day').toJSDate();
}

/** What was known of the calendar at an instant, the newest version first. */
export function knownSpans(calendar: readonly CalendarVersion[], knownAt: Date): Span[] {
  return calendar
    .filter((version) => version.knownAt <= knownAt)
    .sort(newestFirst)
    .map(spanOf);
}

/** Whether people work on a day (by its number): outside of every version from Monday to Friday. */
export function isWorkingDay(day: number, covering: Span | undefined): boolean {
  return isWeekday(day) && !covering?.daysOff.has(day);
}

function spanOf(version: CalendarVersion): Span {
  return {
    version,
    from: dayNumber(version.coversFrom),
    to: dayNumber(version.coversTo),
    daysOff: new Set([...version.daysOff].map(dayNumber)),
  };
}

function newestFirst(a: CalendarVersion, b: CalendarVersion): number {
  return b.knownAt.getTime() - a.knownAt.getTime() || (a.effectiveFrom < b.effectiveFrom ? 1 : -1);
}

function isWeekday(number: number): boolean {
  const weekday = (((number + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  return weekday !== 0 && weekday !== 6;
}
