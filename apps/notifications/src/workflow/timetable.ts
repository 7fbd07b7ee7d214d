import { DateTime } from 'luxon';
import { HOUR, type Step } from './workflow';

/** Reminders go out when an office opens. */
export const MORNING = 9;

/** What comes within this time makes what is late needless: a night and the morning after. */
const SOON = 13 * HOUR;

/** The days that a process is about. */
export interface Days {
  /** A civil day of the zone: `2021-06-30`. */
  anchor: string;
  timeZone: string;
  startedAt: Date;
}

/** When a step is to be taken. */
export function timeOf({ day, atOnce }: Step, { anchor, timeZone, startedAt }: Days): Date {
  if (atOnce) return startedAt;
  return DateTime.fromISO(anchor, { zone: timeZone }).plus({ days: day }).set({ hour: MORNING }).toJSDate();
}

/** What a process does now, and what then. */
export interface Look {
  /** The step to take, with the time until which its message is of use. */
  due?: { step: number; until: Date };
  /** The step after it, and when it is time to look again; absent where nothing is left. */
  next?: { step: number; at: Date };
}

/**
 * What there is to do from a step on. Of several whose time has passed (a day set late, a service that was down) only the
 * latest is taken, and not even that where its use is over or the next one comes soon.
 */
export function lookAt(steps: readonly Step[], from: number, days: Days, life: number, now: Date): Look {
  const times = steps.map((step) => timeOf(step, days));
  const following = times.findIndex((time, step) => step >= from && time > now);
  const step = (following < 0 ? steps.length : following) - 1;
  const next = following < 0 ? {} : { next: { step: following, at: times[following] as Date } };
  if (step < from) return next;
  const over = (times[step] as Date).getTime() + life;
  const until = new Date(Math.min(over, next.next?.at.getTime() ?? over));
  const isLate = now.getTime() - (times[step] as Date).getTime() > HOUR;
  const isOfUse = now < until && (!isLate || !next.next || until.getTime() - now.getTime() > SOON);
  return { ...next, ...(isOfUse && { due: { step, until } }) };
}

/**
 * The morning with which a step is told that is told with others: of its own day where it was taken by ten, else of the next;
 * or so many days later.
 */
export function morningFor(steppedAt: Date, timeZone: string, later = 0): Date {
  const here = DateTime.fromJSDate(steppedAt, { zone: timeZone });
  const morning = here.startOf('day').set({ hour: MORNING });
  const isOver = steppedAt.getTime() - morning.toMillis() >= HOUR;
  return morning.plus({ days: later + (isOver ? 1 : 0) }).toJSDate();
}

/** The next such weekday (1 is Monday) whose morning is still to come. */
export function nextWeekday(weekday: number, timeZone: string, now: Date): string {
  const here = DateTime.fromJSDate(now, { zone: timeZone });
  const morning = here.startOf('day').plus({ days: (weekday - here.weekday + 7) % 7 });
  const day = morning.set({ hour: MORNING }) > here ? morning : morning.plus({ days: 7 });
  return day.toISODate() as string;
}

/** The moment of an hour that was ordered, `07:00`, on the day of composing, also where it has just passed; on the next where it is long over. */
export function orderedTime(orderedFor: string, timeZone: string, composedAt: Date): Date {
  const [hour = 0, minute = 0] = orderedFor.split(':').map(Number);
  const today = DateTime.fromJSDate(composedAt, { zone: timeZone }).startOf('day').set({ hour, minute });
  const isOver = composedAt.getTime() - today.toMillis() > 12 * HOUR;
  return (isOver ? today.plus({ days: 1 }) : today).toJSDate();
}

/** The civil day of an instant. */
export function dayIn(timeZone: string, now: Date): string {
  return DateTime.fromJSDate(now, { zone: timeZone }).toISODate() as string;
}

/** Days from today to a day: negative once it has passed. */
export function daysUntil(day: string, timeZone: string, now: Date): number {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  return Math.round(DateTime.fromISO(day, { zone: timeZone }).diff(today, 'days').days);
}
