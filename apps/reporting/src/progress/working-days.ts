import { closeOf, type Day, dayAt, dayNumber } from './day';
import { NATIONAL_ZONE } from './zones';

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

export interface WorkingDays {
  count: number;
  /** The newest version that the count used. */
  version: Day | null;
  /** False where some day is outside every version: there Monday to Friday is assumed. */
  covers: boolean;
}

/** Working days after `from` up to and including `to`, by the calendar as it was known at an instant. */
export function workingDays(from: Day, to: Day, calendar: readonly CalendarVersion[], knownAt: Date): WorkingDays {
  const known = calendar.filter((version) => version.knownAt <= knownAt).sort(newestFirst);
  const used = new Set<CalendarVersion>();
  let count = 0;
  let covers = true;
  for (let number = dayNumber(from) + 1; number <= dayNumber(to); number++) {
    const day = dayAt(number);
    const version = versionFor(day, known);
    if (version) used.add(version);
    else covers = false;
    if (isWeekday(number) && !version?.daysOff.has(day)) count++;
  }
  const newest = known.find((version) => used.has(version)) ?? versionFor(to, known);
  return { count, version: newest?.effectiveFrom ?? null, covers: covers && newest !== undefined };
}

function versionFor(day: Day, known: readonly CalendarVersion[]): CalendarVersion | undefined {
  return known.find((version) => version.coversFrom <= day && day <= version.coversTo);
}

function newestFirst(a: CalendarVersion, b: CalendarVersion): number {
  return b.knownAt.getTime() - a.knownAt.getTime() || (a.effectiveFrom < b.effectiveFrom ? 1 : -1);
}

function isWeekday(number: number): boolean {
  const weekday = (number + 4) % 7; // 1970-01-01 was a Thursday
  return weekday !== 0 && weekday !== 6;
}

/** When a decree counts as known: at the close of its day. */
export function decreeKnownAt(effectiveFrom: Day): Date {
  return closeOf(effectiveFrom, NATIONAL_ZONE);
}
