import { type Day, dayAt, dayIn, dayNumber } from '@idxcoop/platform';
import { DateTime } from 'luxon';

export { type Day, dayAt, dayIn, dayNumber } from '@idxcoop/platform';

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayAt(dayNumber(text)) === text;
}

export function addDays(day: Day, days: number): Day {
  return dayAt(dayNumber(day) + days);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The last millisecond of a day in a zone. */
export function closeOf(day: Day, zone: string): Date {
  return new Date(at(addDays(day, 1), zone, 0).getTime() - 1);
}

/** When the figure of a day is published: 00:30 of the next day in the zone. */
export function publicationOf(day: Day, zone: string): Date {
  return at(addDays(day, 1), zone, 30);
}

/** What a publication knows: all that was known before it. */
export function vintageOf(day: Day, zone: string): Date {
  return new Date(publicationOf(day, zone).getTime() - 1);
}

/** The first millisecond of a day in a zone. */
export function startOf(day: Day, zone: string): Date {
  return at(day, zone, 0);
}

/** The day on which an effective date counts: a civil day counts on that day in every zone, an instant is converted. */
export function effectiveDay(effectiveOn: string, zone: string): Day {
  return effectiveOn.length === 10 ? effectiveOn : dayIn(zone, new Date(effectiveOn));
}

function at(day: Day, zone: string, minute: number): Date {
  return DateTime.fromISO(day, { zone }).set({ hour: 0, minute, second: 0, millisecond: 0 }).toJSDate();
}
