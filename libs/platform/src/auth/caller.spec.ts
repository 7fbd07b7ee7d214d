import { Caller } from './caller';

describe(Caller.name, () => {
  it.each([
    ['12', '12', true],
    ['12', '12.71.05.1003', true],
    ['12', '121', false],
    ['12.71', '12.71.05', true],
    ['12.71', '12.7', false],
    ['12.71', '12', false],
    ['ID', '94.01', true],
    ['', '12', false],
  ])('with territory %p covers %p: %p', (territory, region, covered) => {
    expect(new Caller('s', ['officer'], territory).covers(region)).toBe(covered);
  });

  it('lets the ministry do what officers and verifiers may, nationwide', () => {
    const caller = new Caller('s', ['ministry'], '12');
    expect(caller.has('officer')).toBe(true);
    expect(caller.has('verifier')).toBe(true);
    expect(caller.has('editor')).toBe(false);
    expect(caller.covers('94.01')).toBe(true);
  });
});
