import type { CalendarVersion } from './calendar-version';
import { DECREES_OF_2020 } from './decrees-of-2020';
import { DAY_MS } from './days';
import { WorkingTime } from './working-time';

const JAKARTA = 'Asia/Jakarta';
/** An instant as an office's clock shows it: WIB is +7, WITA +8, WIT +9. */
const wib = (text: string) => new Date(`${text}:00+07:00`);
const wita = (text: string) => new Date(`${text}:00+08:00`);
const wit = (text: string) => new Date(`${text}:00+09:00`);
const now = wib('2020-10-08T10:00');

/** The end of five working days from when what came in at an instant begins. */
const fiveDays = (at: Date, zone = JAKARTA, knownAt = now, calendar: readonly CalendarVersion[] = DECREES_OF_2020) => {
  const time = new WorkingTime(calendar, knownAt, zone);
  return time.after(time.begins(at), 5 * DAY_MS);
};

describe(WorkingTime.name, () => {
  it.each([
    ['in a plain week keep the hour', wib('2020-10-05T10:15'), wib('2020-10-12T10:15')],
    ['from Friday evening skip one weekend', wib('2020-10-09T21:40'), wib('2020-10-16T21:40')],
    ['over the leave of 28 to 30 October', wib('2020-10-26T09:00'), wib('2020-11-05T09:00')],
    ['over the leave at the end of the year', wib('2020-12-22T14:00'), wib('2021-01-06T14:00')],
    ['filed on a Sunday begin on Monday at 08:00', wib('2020-10-11T16:20'), wib('2020-10-19T08:00')],
    ['filed on a Saturday before daybreak, too', wib('2020-10-10T00:05'), wib('2020-10-19T08:00')],
    ['filed in the leave week begin on Monday after it', wib('2020-10-28T10:00'), wib('2020-11-09T08:00')],
    ['filed at the last minute of a Friday keep it', wib('2020-10-09T23:59'), wib('2020-10-16T23:59')],
    ['filed at midnight of a Monday end at a midnight', wib('2020-10-12T00:00'), wib('2020-10-19T00:00')],
  ])('ends five working days %s', (_case, filed, due) => {
    expect(fiveDays(filed)).toEqual(due);
  });

  it.each([
    // 23:30 on Sunday in Jakarta is Monday, 00:30, in Makassar and 01:30 in Jayapura.
    ['WIB', JAKARTA, wib('2020-10-11T23:30'), wib('2020-10-19T08:00')],
    ['WITA', 'Asia/Makassar', wib('2020-10-11T23:30'), wita('2020-10-19T00:30')],
    ['WIT', 'Asia/Jayapura', wib('2020-10-11T23:30'), wit('2020-10-19T01:30')],
    // 22:30 on Friday in Jakarta is Saturday, 00:30, in Jayapura.
    ['WIT', 'Asia/Jayapura', wib('2020-10-09T22:30'), wit('2020-10-19T08:00')],
  ])('counts the days of an office in %s', (_name, zone, filed, due) => {
    expect(fiveDays(filed, zone)).toEqual(due);
  });

  it.each([
    ['as known on 26 November', wib('2020-11-26T09:00'), wib('2020-12-14T09:00')],
    ['once the election is a day off', wib('2020-11-28T09:00'), wib('2020-12-15T09:00')],
  ])('counts what was filed on 7 December %s', (_case, knownAt, due) => {
    expect(fiveDays(wib('2020-12-07T09:00'), JAKARTA, knownAt)).toEqual(due);
  });

  it('counts Monday to Friday outside of every version', () => {
    expect(fiveDays(wib('2026-08-14T09:00'), JAKARTA, wib('2026-08-14T09:00'))).toEqual(wib('2026-08-21T09:00'));
  });

  it.each([
    ['two hours of one day', wib('2020-10-08T10:00'), wib('2020-10-08T12:00'), 2],
    ['a night between two working days', wib('2020-10-08T22:00'), wib('2020-10-09T02:00'), 4],
    ['a weekend: Friday and Monday only', wib('2020-10-09T22:00'), wib('2020-10-12T02:00'), 4],
    ['nothing on a Sunday', wib('2020-10-11T08:00'), wib('2020-10-11T20:00'), 0],
    ['nothing where the end is before the start', wib('2020-10-09T08:00'), wib('2020-10-08T08:00'), 0],
  ])('measures %s', (_case, from, to, hours) => {
    expect(new WorkingTime(DECREES_OF_2020, now, JAKARTA).between(from, to)).toBe(hours * 3_600_000);
  });

  it('is inverse: what was worked until an end is the term', () => {
    const time = new WorkingTime(DECREES_OF_2020, now, JAKARTA);
    for (let hour = 0; hour < 21 * 24; hour += 5) {
      const from = new Date(wib('2020-10-19T00:30').getTime() + hour * 3_600_000);
      expect(time.between(time.begins(from), time.after(time.begins(from), 3.5 * DAY_MS))).toBe(3.5 * DAY_MS);
    }
  });
});
