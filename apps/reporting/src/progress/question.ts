import { futureAsOf } from '../problems.templates';
import { closeOf, type Day, dayIn, isDay } from './day';

/** A question in both times: what was true at the close of a day, as known at an instant. */
export interface Question {
  asOf: Day;
  knownAt: Date;
  /** The day had not closed yet when this was known. */
  provisional: boolean;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** An instant of RFC 3339; null where the text is none. A plus sign that a query turned into a blank is read as it was meant. */
export function readInstant(text: string): Date | null {
  const mended = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const day = INSTANT.exec(mended)?.[1];
  if (!day || !isDay(day)) return null;
  const instant = new Date(mended.toUpperCase());
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** Fills in today and now; nobody can know what comes, so a later `knownAt` is now. */
export function questionOf(asked: { asOf?: Day; knownAt?: string }, zone: string, now: Date): Question {
  const today = dayIn(zone, now);
  const asOf = asked.asOf ?? today;
  if (asOf > today) throw futureAsOf();
  const knownAt = knownAtOf(asked.knownAt, zone, now);
  return { asOf, knownAt, provisional: knownAt < closeOf(asOf, zone) };
}

/** The instant up to which things are known: a day means its close. */
export function knownAtOf(asked: string | undefined, zone: string, now: Date): Date {
  if (asked === undefined) return now;
  const known = isDay(asked) ? closeOf(asked, zone) : (readInstant(asked) ?? now);
  return known < now ? known : now;
}
