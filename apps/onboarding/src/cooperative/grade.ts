import { DateTime } from 'luxon';

export const GRADES = ['A', 'B', 'C1', 'C2', 'D'] as const;
export type Grade = (typeof GRADES)[number];

/** What a grade follows from. */
export interface Graded {
  foundedOn?: string | null;
  /** The book years (calendar years) of which an annual meeting was reported. */
  bookYears: readonly number[];
}

/** A young cooperative is at most so old. */
const YOUNG_YEARS = 3;

/**
 * The grade on a civil day, as the register of the ministry has it: A, the annual meeting was reported for the last three book years;
 * B, for two of them; C1, once by one founded at most three years ago; C2, once by an older one, for the current year; else D.
 * The last closed book year counts from 1 July, or once it is reported: nobody loses a grade while the report is not yet due.
 */
export function gradeOn(day: string, { foundedOn, bookYears }: Graded): Grade {
  const lastClosed = Number(day.slice(0, 4)) - 1;
  const counts = day.slice(5) >= '07-01' || bookYears.includes(lastClosed);
  const current = counts ? lastClosed : lastClosed - 1;
  const reported = [current, current - 1, current - 2].filter((year) => bookYears.includes(year));
  if (reported.length === 3) return 'A';
  if (reported.length === 2) return 'B';
  if (reported.length === 0) return 'D';
  if (foundedOn && isYoung(foundedOn, day)) return 'C1';
  return reported[0] === current ? 'C2' : 'D';
}

function isYoung(foundedOn: string, day: string): boolean {
  return day <= DateTime.fromISO(foundedOn, { zone: 'utc' }).plus({ years: YOUNG_YEARS }).toFormat('yyyy-MM-dd');
}
