import { DateTime } from 'luxon';
import type { Cooperative } from '../cooperative/cooperative.schema';
import type { Moment } from './assess';
import { startOf } from './due';

/** So many closed book years are asked for: the grade looks at three. */
const YEARS = 3;

/**
 * The book years (calendar years) of which something is asked: the closed ones whose due day came after the start, and the one that
 * runs, which is asked for once the others are settled.
 */
export function bookYearsOf(
  cooperative: Cooperative,
  monthDay: string,
  { at, timeZone }: Moment,
): { closed: string[]; open: string } {
  const thisYear = DateTime.fromJSDate(at, { zone: timeZone }).year;
  const started = DateTime.fromJSDate(startOf(cooperative) ?? cooperative.createdAt, { zone: timeZone });
  const first = started.toFormat('MM-dd') <= monthDay ? started.year - 1 : started.year;
  const founded = Number(cooperative.foundedOn?.slice(0, 4) ?? 0);
  const closed: string[] = [];
  for (let year = Math.max(first, founded, thisYear - YEARS); year < thisYear; year += 1) closed.push(String(year));
  return { closed, open: String(Math.max(thisYear, founded)) };
}
