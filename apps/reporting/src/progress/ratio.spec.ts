import { Ratio } from './ratio';

describe(Ratio.name, () => {
  it.each([
    [0.125, 2, 0.13],
    [-0.125, 2, -0.13],
    [1.005, 2, 1.01],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [0.0049999, 2, 0],
    [0.05, 2, 0.05],
    [12, 3, 12],
    [1e21, 0, 1e21],
    [1e-7, 6, 0],
  ])('rounds %d half-up to %d decimals as %d', (value, decimals, rounded) => {
    expect(Ratio.of(value).round(decimals)).toBe(rounded);
  });

  it('divides exactly', () => {
    expect(Ratio.of(190).dividedBy(Ratio.of(84))?.round(3)).toBe(2.262);
    expect(Ratio.of(1).dividedBy(Ratio.of(0))).toBeNull();
    expect(Ratio.of(-1).dividedBy(Ratio.of(-8))?.round(2)).toBe(0.13);
  });

  it.each([
    [7, 2, 4],
    [6, 2, 3],
    [-7, 2, -3],
    [0, 5, 0],
  ])('takes the ceiling of %d over %d', (over, under, ceiling) => {
    expect(Ratio.of(over).dividedBy(Ratio.of(under))?.ceiling()).toBe(ceiling);
  });
});
