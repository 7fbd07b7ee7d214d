import { nextComposing } from './digest-times';

const at = (text: string) => new Date(text);

describe(nextComposing, () => {
  it.each([
    ['of the same day', 'daily', '07:00', 'Asia/Jakarta', '2020-10-08T23:44:59Z', '2020-10-08T23:45:00.000Z'],
    [
      'of the next day once it has passed',
      'daily',
      '07:00',
      'Asia/Jakarta',
      '2020-10-08T23:45:00Z',
      '2020-10-09T23:45:00.000Z',
    ],
    [
      'an hour earlier further east',
      'daily',
      '07:00',
      'Asia/Makassar',
      '2020-10-08T12:00:00Z',
      '2020-10-08T22:45:00.000Z',
    ],
    [
      'two hours earlier in the east',
      'daily',
      '07:00',
      'Asia/Jayapura',
      '2020-10-08T12:00:00Z',
      '2020-10-08T21:45:00.000Z',
    ],
    [
      'the evening before for an hour just after midnight',
      'daily',
      '00:05',
      'Asia/Jakarta',
      '2020-10-08T12:00:00Z',
      '2020-10-08T16:50:00.000Z',
    ],
    ['of the next Monday', 'weekly', '07:00', 'Asia/Jakarta', '2020-10-08T12:00:00Z', '2020-10-11T23:45:00.000Z'],
    [
      'of a week later once Monday has begun',
      'weekly',
      '07:00',
      'Asia/Jakarta',
      '2020-10-12T00:00:00Z',
      '2020-10-18T23:45:00.000Z',
    ],
    [
      'of the first day of a year',
      'daily',
      '07:00',
      'Asia/Jakarta',
      '2020-12-31T12:00:00Z',
      '2020-12-31T23:45:00.000Z',
    ],
  ] as const)('is %s', (_name, period, orderedFor, timeZone, after, expected) => {
    expect(nextComposing({ period, orderedFor, timeZone }, at(after)).toISOString()).toBe(expected);
  });
});
