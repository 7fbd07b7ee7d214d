import { dayIn, morningOf, quietUntil, readQuietHours } from './quiet-hours';

const NIGHT = readQuietHours('20:00-08:00');
const until = (zone: string, now: string, hours = NIGHT) => quietUntil(hours, zone, new Date(now))?.toISOString();

describe(quietUntil.name, () => {
  it.each([
    // UTC+7, +8 and +9: the same evening begins an hour apart.
    ['Asia/Jakarta', '2026-11-24T12:59:59.999Z', undefined],
    ['Asia/Jakarta', '2026-11-24T13:00:00Z', '2026-11-25T01:00:00.000Z'],
    ['Asia/Jakarta', '2026-11-25T00:59:59.999Z', '2026-11-25T01:00:00.000Z'],
    ['Asia/Jakarta', '2026-11-25T01:00:00Z', undefined],
    ['Asia/Makassar', '2026-11-24T11:59:59Z', undefined],
    ['Asia/Makassar', '2026-11-24T12:00:00Z', '2026-11-25T00:00:00.000Z'],
    ['Asia/Makassar', '2026-11-24T23:59:59Z', '2026-11-25T00:00:00.000Z'],
    ['Asia/Makassar', '2026-11-25T00:00:00Z', undefined],
    ['Asia/Jayapura', '2026-11-24T10:59:59Z', undefined],
    ['Asia/Jayapura', '2026-11-24T11:00:00Z', '2026-11-24T23:00:00.000Z'],
    ['Asia/Jayapura', '2026-11-24T22:59:59Z', '2026-11-24T23:00:00.000Z'],
    ['Asia/Jayapura', '2026-11-24T23:00:00Z', undefined],
    // Past midnight, at the turn of the year.
    ['Asia/Jakarta', '2026-12-31T17:30:00Z', '2027-01-01T01:00:00.000Z'],
  ])('is quiet in %s at %s until %s', (zone, now, end) => {
    expect(until(zone, now)).toBe(end);
  });

  it('knows hours within one day, and none', () => {
    const noon = readQuietHours('12:00-13:30');
    expect(until('Asia/Jakarta', '2026-11-24T05:00:00Z', noon)).toBe('2026-11-24T06:30:00.000Z');
    expect(until('Asia/Jakarta', '2026-11-24T06:30:00Z', noon)).toBeUndefined();
    expect(until('Asia/Jakarta', '2026-11-24T18:00:00Z', null)).toBeUndefined();
  });

  it('takes a zone that nobody knows for that of the capital', () => {
    expect(until('Mars/Olympus', '2026-11-24T13:00:00Z')).toBe('2026-11-25T01:00:00.000Z');
  });
});

describe(readQuietHours.name, () => {
  it.each([
    ['20:00-08:00', { from: 1200, to: 480 }],
    ['21:30-07:15', { from: 1290, to: 435 }],
    ['off', null],
    ['08:00-08:00', null],
  ])('reads %s', (text, hours) => {
    expect(readQuietHours(text)).toEqual(hours);
  });
});

describe(dayIn.name, () => {
  it('is the day of the zone, not of the machine', () => {
    const late = new Date('2026-11-24T15:30:00Z');
    expect(dayIn('Asia/Jakarta', late)).toBe('2026-11-24');
    expect(dayIn('Asia/Jayapura', late)).toBe('2026-11-25');
    expect(dayIn('Asia/Jakarta', late, 7)).toBe('2026-12-01');
  });
});

describe(morningOf.name, () => {
  it('is the end of the quiet hours, or eight', () => {
    const now = new Date('2026-11-24T03:00:00Z');
    expect(morningOf(readQuietHours('21:00-06:30'), 'Asia/Jakarta', now, 1).toISOString()).toBe(
      '2026-11-24T23:30:00.000Z',
    );
    expect(morningOf(null, 'Asia/Jakarta', now, 1).toISOString()).toBe('2026-11-25T01:00:00.000Z');
  });
});
