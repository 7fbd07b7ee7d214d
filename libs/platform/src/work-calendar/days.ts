import { DateTime } from 'luxon';

/** A civil day, `2020-10-08`. Days compare as strings. */
export type Day = string;

export const DAY_MS = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** The day of a number of days since 1970-01-01. */
export function dayAt(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** The day that an instant falls on in a zone. */
export function dayIn(zone: string, instant: Date): Day {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd');
}
