import type { DigestPeriod } from '@idxcoop/contracts';
import { DateTime } from 'luxon';

/** Figures are put together some time before the hour, so that they are with the reader at it. */
const MINUTES_BEFORE = 15;
const MONDAY = 1;

export interface Rhythm {
  period: DigestPeriod;
  /** The hour that it is wanted at, `07:00`. */
  orderedFor: string;
  timeZone: string;
}

/** The first moment after another at which a digest is put together: each day, or on Mondays. */
export function nextComposing({ period, orderedFor, timeZone }: Rhythm, after: Date): Date {
  const [hour = 0, minute = 0] = orderedFor.split(':').map(Number);
  for (let day = DateTime.fromJSDate(after, { zone: timeZone }).startOf('day'); ; day = day.plus({ days: 1 })) {
    if (period === 'weekly' && day.weekday !== MONDAY) continue;
    const moment = day.set({ hour, minute }).minus({ minutes: MINUTES_BEFORE });
    if (moment.toJSDate() > after) return moment.toJSDate();
  }
}
