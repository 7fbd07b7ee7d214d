import { DateTime } from 'luxon';

/** Days of the programme are days in Jakarta. */
const PROGRAMME_ZONE = 'Asia/Jakarta';

/** The civil day of an instant. */
export function dayOf(at: Date): string {
  return DateTime.fromJSDate(at, { zone: PROGRAMME_ZONE }).toFormat('yyyy-MM-dd');
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: PROGRAMME_ZONE }).isValid;
}

/** The last millisecond of a day. */
export function closeOf(day: string): Date {
  return DateTime.fromISO(day, { zone: PROGRAMME_ZONE }).endOf('day').toJSDate();
}

/** An instant of RFC 3339 with its offset; null where the text is not one. */
export function readInstant(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const at = DateTime.fromISO(text);
  return at.isValid ? at.toJSDate() : null;
}
