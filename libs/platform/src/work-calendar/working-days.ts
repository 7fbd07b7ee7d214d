import { type CalendarVersion, isWorkingDay, knownSpans, type Span } from './calendar-version';
import { type Day, dayNumber } from './days';

export interface WorkingDays {
  count: number;
  /** The newest version that the count used. */
  version: Day | null;
  /** False where some day is outside every version: there Monday to Friday is assumed. */
  covers: boolean;
}

/** Working days after `from` up to and including `to`, by the calendar as it was known at an instant. */
export function workingDays(from: Day, to: Day, calendar: readonly CalendarVersion[], knownAt: Date): WorkingDays {
  const known = knownSpans(calendar, knownAt);
  const covering = (day: number) => known.find((span) => span.from <= day && day <= span.to);
  const used = new Set<Span>();
  const last = dayNumber(to);
  let count = 0;
  let covers = true;
  for (let day = dayNumber(from) + 1; day <= last; day++) {
    const span = covering(day);
    if (span) used.add(span);
    else covers = false;
    if (isWorkingDay(day, span)) count++;
  }
  const newest = known.find((span) => used.has(span)) ?? covering(last);
  return { count, version: newest?.version.effectiveFrom ?? null, covers: covers && newest !== undefined };
}
