import { dueOf } from './clocks';

describe(dueOf.name, () => {
  // A Thursday before the long weekend of Christmas 2026: the law's hours do not stop for it.
  const received = new Date('2026-12-24T09:30:00Z');

  it.each([
    ['access', '2026-12-27T09:30:00.000Z'],
    ['correction', '2026-12-27T09:30:00.000Z'],
    ['withdraw_consent', '2026-12-27T09:30:00.000Z'],
    ['restriction', '2026-12-27T09:30:00.000Z'],
    ['erasure', '2027-01-23T09:30:00.000Z'],
  ] as const)('gives %s until %s', (kind, dueAt) => {
    expect(dueOf(kind, received)).toEqual({ dueAt: new Date(dueAt), clock: '2022-27' });
  });
});
