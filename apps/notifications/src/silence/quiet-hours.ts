import { DateTime } from 'luxon';

/** The hours in which people are left alone, as minutes of their day: from the first, until before the second. */
export interface QuietHours {
  from: number;
  to: number;
}

/** The hour at which what waited for a new day goes out where there are no quiet hours. */
const MORNING = 8 * 60;
const CAPITAL = 'Asia/Jakarta';

/** `20:00-08:00`; null for `off`. */
export function readQuietHours(text: string): QuietHours | null {
  const [from, to] = text.split('-').map((part) => {
    const [hours, minutes] = part.split(':').map(Number);
    return (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN);
  });
  return from === undefined || to === undefined || from === to ? null : { from, to };
}

/** When the quiet that reigns in a zone ends; null where none does. */
export function quietUntil(hours: QuietHours | null, timeZone: string, now: Date): Date | null {
  if (!hours) return null;
  const { from, to } = hours;
  const here = timeIn(timeZone, now);
  const minute = here.hour * 60 + here.minute;
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return null;
  return atMinute(minute < to ? here : here.plus({ days: 1 }), to);
}

/** The civil day of a zone, some days from now: `2026-11-24`. */
export function dayIn(timeZone: string, now: Date, days = 0): string {
  return timeIn(timeZone, now).plus({ days }).toISODate() as string;
}

/** When such a day begins for those who are not to be disturbed before. */
export function morningOf(hours: QuietHours | null, timeZone: string, now: Date, days: number): Date {
  return atMinute(timeIn(timeZone, now).plus({ days }), hours?.to ?? MORNING);
}

function atMinute(day: DateTime, minute: number): Date {
  return day
    .startOf('day')
    .set({ hour: Math.floor(minute / 60), minute: minute % 60 })
    .toJSDate();
}

/** A zone that nobody knows is that of the capital: a message may come early, and is not lost. */
function timeIn(timeZone: string, now: Date): DateTime {
  const here = DateTime.fromJSDate(now, { zone: timeZone });
  return here.isValid ? here : DateTime.fromJSDate(now, { zone: CAPITAL });
}
