import { daysUntil, type Days, lookAt, nextWeekday, orderedTime, morningFor } from './timetable';
import { DAY, nameOf } from './workflow';
import { workflowOf } from './workflows';

const { steps = [], life } = workflowOf('requirement_reminders');

/** All that a process sends from a moment on, as a worker that looks whenever it is time finds it. */
function play(anchor: string, timeZone: string, from: string): string[] {
  const days: Days = { anchor, timeZone, startedAt: new Date(from) };
  const sent: string[] = [];
  let step = 0;
  let now: Date | undefined = new Date(from);
  while (now) {
    const { due, next } = lookAt(steps, step, days, life, now);
    const taken = due && steps[due.step];
    if (taken) sent.push(`${nameOf(taken)} ${now.toISOString().slice(0, 16)}`);
    step = next?.step ?? step;
    now = next?.at;
  }
  return sent;
}

describe('requirement_reminders', () => {
  it.each([
    [
      'at nine in the morning of Medan, over the weekend as in the week',
      'Asia/Jakarta',
      '2021-06-30',
      '2021-05-01T00:00Z',
      [
        'D-7 2021-06-23T02:00',
        'D-3 2021-06-27T02:00',
        'D-1 2021-06-29T02:00',
        'D+0 2021-06-30T02:00',
        'D+3 2021-07-03T02:00',
        'D+7 2021-07-07T02:00',
      ],
    ],
    [
      'by the clock of Makassar, over the turn of the year',
      'Asia/Makassar',
      '2021-01-03',
      '2020-12-01T00:00Z',
      [
        'D-7 2020-12-27T01:00',
        'D-3 2020-12-31T01:00',
        'D-1 2021-01-02T01:00',
        'D+0 2021-01-03T01:00',
        'D+3 2021-01-06T01:00',
        'D+7 2021-01-10T01:00',
      ],
    ],
    [
      'by the clock of Jayapura, over a leap day',
      'Asia/Jayapura',
      '2024-03-01',
      '2024-02-01T00:00Z',
      [
        'D-7 2024-02-23T00:00',
        'D-3 2024-02-27T00:00',
        'D-1 2024-02-29T00:00',
        'D+0 2024-03-01T00:00',
        'D+3 2024-03-04T00:00',
        'D+7 2024-03-08T00:00',
      ],
    ],
    [
      'at once where a day was set late, and then as ever',
      'Asia/Jakarta',
      '2021-06-30',
      '2021-06-25T05:00Z',
      [
        'D-7 2021-06-25T05:00',
        'D-3 2021-06-27T02:00',
        'D-1 2021-06-29T02:00',
        'D+0 2021-06-30T02:00',
        'D+3 2021-07-03T02:00',
        'D+7 2021-07-07T02:00',
      ],
    ],
    [
      'only the latest of what was missed',
      'Asia/Jakarta',
      '2021-06-30',
      '2021-06-28T05:00Z',
      [
        'D-3 2021-06-28T05:00',
        'D-1 2021-06-29T02:00',
        'D+0 2021-06-30T02:00',
        'D+3 2021-07-03T02:00',
        'D+7 2021-07-07T02:00',
      ],
    ],
    [
      'nothing late in the evening before the next morning’s',
      'Asia/Jakarta',
      '2021-06-30',
      '2021-06-28T14:00Z',
      ['D-1 2021-06-29T02:00', 'D+0 2021-06-30T02:00', 'D+3 2021-07-03T02:00', 'D+7 2021-07-07T02:00'],
    ],
    [
      'to the office at once where the day has passed',
      'Asia/Jakarta',
      '2021-06-30',
      '2021-07-04T05:00Z',
      ['D+3 2021-07-04T05:00', 'D+7 2021-07-07T02:00'],
    ],
    [
      'to the province alone where more than a week has passed',
      'Asia/Jakarta',
      '2021-06-30',
      '2021-07-09T05:00Z',
      ['D+7 2021-07-09T05:00'],
    ],
    ['to nobody where it is long ago', 'Asia/Jakarta', '2019-06-30', '2021-07-09T05:00Z', []],
  ])('reminds %s', (_, timeZone, dueOn, from, sent) => {
    expect(play(dueOn, timeZone, from)).toEqual(sent);
  });

  it('lets a reminder expire when the next one comes', () => {
    const days = { anchor: '2021-06-30', timeZone: 'Asia/Jakarta', startedAt: new Date('2021-05-01') };
    const until = (now: string) => lookAt(steps, 0, days, life, new Date(now)).due?.until.toISOString();
    expect(until('2021-06-23T02:00Z')).toBe('2021-06-27T02:00:00.000Z');
    expect(until('2021-07-07T02:00Z')).toBe(new Date(Date.parse('2021-07-07T02:00Z') + 7 * DAY).toISOString());
  });
});

describe('reactivation', () => {
  it('writes at once, and again in the morning thirty days later', () => {
    const { steps: both = [], life: long } = workflowOf('reactivation');
    const startedAt = new Date('2021-01-30T18:30Z');
    const days = { anchor: '2021-01-31', timeZone: 'Asia/Jakarta', startedAt };
    const next = { step: 1, at: new Date('2021-03-02T02:00Z') };
    expect(lookAt(both, 0, days, long, startedAt)).toEqual({
      due: { step: 0, until: new Date('2021-02-13T18:30Z') },
      next,
    });
    expect(lookAt(both, 1, days, long, next.at)).toMatchObject({ due: { step: 1 } });
  });
});

describe(nextWeekday.name, () => {
  it.each([
    ['on a Thursday', 'Asia/Jakarta', '2021-06-24T05:00Z', '2021-06-28'],
    ['on the Sunday that is Monday in Jayapura', 'Asia/Jayapura', '2021-06-27T16:00Z', '2021-06-28'],
    ['early on Monday itself', 'Asia/Jakarta', '2021-06-28T01:59Z', '2021-06-28'],
    ['on Monday at nine', 'Asia/Jakarta', '2021-06-28T02:00Z', '2021-07-05'],
  ])('is the Monday whose morning comes %s', (_, timeZone, now, expected) => {
    expect(nextWeekday(1, timeZone, new Date(now))).toBe(expected);
  });
});

describe(orderedTime.name, () => {
  it.each([
    ['before it', '07:00', 'Asia/Jakarta', '2021-06-23T23:50Z', '2021-06-24T00:00Z'],
    ['just after it', '07:00', 'Asia/Jakarta', '2021-06-24T00:02Z', '2021-06-24T00:00Z'],
    ['in the afternoon', '07:00', 'Asia/Jakarta', '2021-06-24T08:00Z', '2021-06-24T00:00Z'],
    ['on the evening before', '07:00', 'Asia/Jayapura', '2021-06-23T13:00Z', '2021-06-23T22:00Z'],
    ['for half past six in Makassar', '06:30', 'Asia/Makassar', '2021-06-23T22:00Z', '2021-06-23T22:30Z'],
  ])('is the hour of the digest composed %s', (_, orderedFor, timeZone, now, expected) => {
    expect(orderedTime(orderedFor, timeZone, new Date(now))).toEqual(new Date(expected));
  });
});

describe(daysUntil.name, () => {
  it.each([
    ['2021-06-30', 'Asia/Jakarta', '2021-06-23T02:00Z', 7],
    ['2021-06-30', 'Asia/Jakarta', '2021-06-29T16:59Z', 1],
    ['2021-06-30', 'Asia/Jayapura', '2021-06-29T16:59Z', 0],
    ['2021-06-30', 'Asia/Jakarta', '2021-07-03T02:00Z', -3],
  ])('counts civil days to %s in %s at %s', (day, timeZone, now, expected) => {
    expect(daysUntil(day, timeZone, new Date(now))).toBe(expected);
  });
});

describe(morningFor.name, () => {
  it.each([
    ['of the day, at nine', 'Asia/Jakarta', '2021-07-03T02:00Z', 0, '2021-07-03T02:00Z'],
    ['of the day, in the night before', 'Asia/Jakarta', '2021-07-02T20:00Z', 0, '2021-07-03T02:00Z'],
    ['of the day, a little late', 'Asia/Jakarta', '2021-07-03T02:59Z', 0, '2021-07-03T02:00Z'],
    ['after, at ten', 'Asia/Jakarta', '2021-07-03T03:00Z', 0, '2021-07-04T02:00Z'],
    ['after, where that of the day was told', 'Asia/Jakarta', '2021-07-03T02:00Z', 1, '2021-07-04T02:00Z'],
    ['in Jayapura', 'Asia/Jayapura', '2021-07-03T00:00Z', 0, '2021-07-03T00:00Z'],
  ])('is the one %s', (_, timeZone, steppedAt, later, expected) => {
    expect(morningFor(new Date(steppedAt), timeZone, later)).toEqual(new Date(expected));
  });
});
