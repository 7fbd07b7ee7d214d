import { closeOf, type Day, dayNumber } from './day';
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

/** A version in day numbers: a span of many years is counted in a moment. */
interface Span {
  version: CalendarVersion;
  from: number;
  to: number;
  daysOff: ReadonlySet<number>;
}

/** Working days after `from` up to and including `to`, by the calendar as it was known at an instant. */
export function workingDays(from: Day, to: Day, calendar: readonly CalendarVersion[], knownAt: Date): WorkingDays {
  const known = calendar
    .filter((version) => version.knownAt <= knownAt)
    .sort(newestFirst)
    .map(spanOf);
  const covering = (day: number) => known.find((span) => span.from <= day && day <= span.to);
  const used = new Set<Span>();
  const last = dayNumber(to);
  let count = 0;
  let covers = true;
  for (let day = dayNumber(from) + 1; day <= last; day++) {
    const span = covering(day);
    if (span) used.add(span);
    else covers = false;
    if (isWeekday(day) && !span?.daysOff.has(day)) count++;
  }
  const newest = known.find((span) => used.has(span)) ?? covering(last);
  return { count, version: newest?.version.effectiveFrom ?? null, covers: covers && newest !== undefined };
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

/** When a decree counts as known: at the close of its day. */
export function decreeKnownAt(effectiveFrom: Day): Date {
  return closeOf(effectiveFrom, NATIONAL_ZONE);
}
