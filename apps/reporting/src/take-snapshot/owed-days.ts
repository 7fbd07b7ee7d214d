import { addDays, type Day, dayAt, dayIn, dayNumber, publicationOf } from '../progress/day';

const DAYS_AFTER_DEADLINE = 30;

/** The last day that is published. */
export function lastOwedDay(deadline: Day): Day {
  return addDays(deadline, DAYS_AFTER_DEADLINE);
}

/** The days of a target whose publication is due: from the day that it was recorded to 30 days after its deadline. */
export function owedDays(target: { createdAt: Date; timeZone: string; deadline: Day }, now: Date): Day[] {
  const { createdAt, timeZone, deadline } = target;
  const yesterday = addDays(dayIn(timeZone, now), -1);
  const published = publicationOf(yesterday, timeZone) <= now ? yesterday : addDays(yesterday, -1);
  const end = lastOwedDay(deadline);
  const first = dayNumber(dayIn(timeZone, createdAt));
  const last = dayNumber(published < end ? published : end);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => dayAt(first + index));
}
