import { dampedTrend, normalAtLeast } from './damped-trend';
import { addDays } from './day';
import { forecast } from './forecast';
import { History } from './history';
import { countsWith, negativeBinomial } from './negative-binomial';

const PLAN = { value: 500, deadline: '2020-12-31', baseline: null, eligible: null };

function daily(level: number, count: number, days: number): History {
  return History.ofChanges(
    Array.from({ length: days + 1 }, (_, index) => ({
      day: addDays('2020-10-01', index),
      opened: index === 0 ? level : count,
      closed: 0,
    })),
  );
}

describe(forecast.name, () => {
  it.each([
    [28, 'gamma_poisson'],
    [29, 'envelope'],
  ])('on day %d of history uses %s', (days, method) => {
    const result = forecast(PLAN, daily(300, 3, days), addDays('2020-10-01', days));
    expect(result).toMatchObject({ method, confidence: 'low', window: { days: 28, events: 84 } });
    expect(result?.p10).toBeLessThan(result?.p50 ?? 0);
    expect(result?.p50).toBeLessThan(result?.p90 ?? 0);
  });

  it('is normally confident where the way left is at most half of the way seen', () => {
    expect(forecast(PLAN, daily(300, 3, 61), '2020-12-01')?.confidence).toBe('normal');
  });

  it('is certain of what is there and of what cannot be', () => {
    expect(forecast(PLAN, daily(600, 3, 20), '2020-10-21')?.probability).toBe(1);
    expect(forecast({ ...PLAN, eligible: 450 }, daily(100, 3, 20), '2020-10-21')?.probability).toBe(0);
  });

  it('never leaves the span between the actual and the eligible population', () => {
    const result = forecast({ ...PLAN, eligible: 1000 }, daily(250, 9, 20), '2020-10-21');
    expect(result?.method).toBe('capped_logistic');
    expect(result?.p10).toBeGreaterThanOrEqual(430);
    expect(result?.p90).toBeLessThanOrEqual(1000);
  });

  it('predicts ten a day to go on with about the same', () => {
    const result = forecast(PLAN, daily(0, 2, 28), '2020-10-29');
    // 56.5 events in 28 days and 63 days to go: the mean is 127.1, the deviation 20.3.
    expect(result).toMatchObject({ p10: 56 + 101, p50: 56 + 126, p90: 56 + 154 });
  });
});

describe(negativeBinomial.name, () => {
  it('has the quantiles and tails of the geometric distribution at size 1', () => {
    const geometric = negativeBinomial(1, 1);
    expect(geometric.quantile(0.5)).toBe(0);
    expect(geometric.quantile(0.75)).toBe(1);
    expect(geometric.quantile(0.9)).toBe(3);
    expect(geometric.atLeast(3)).toBeCloseTo(1 / 8, 12);
    expect(geometric.atLeast(0)).toBe(1);
  });

  it('is nearly Poisson where the variance is the mean', () => {
    expect(countsWith(4, 4).atLeast(1)).toBeCloseTo(1 - Math.exp(-4), 5);
  });

  it('goes over into a bell without a step', () => {
    const [below, above] = [49_999, 50_001].map((mean) => countsWith(mean, 4 * mean));
    for (const probability of [0.1, 0.5, 0.9]) {
      expect(Math.abs((above?.quantile(probability) ?? 0) - (below?.quantile(probability) ?? 0))).toBeLessThan(30);
    }
    expect(above?.atLeast(50_500)).toBeCloseTo(below?.atLeast(50_500) ?? 0, 2);
  });

  it('does not lose its tail at large means', () => {
    const counts = countsWith(40_000, 90_000);
    expect(counts.quantile(0.5)).toBeGreaterThan(39_900);
    expect(counts.quantile(0.5)).toBeLessThan(40_050);
  });
});

describe(dampedTrend.name, () => {
  it('carries a steady pace on without a doubt', () => {
    expect(dampedTrend([14, 14, 14, 14], 2)).toEqual({ mean: 28, deviation: 0 });
  });

  it('counts a part of a week as a part', () => {
    expect(dampedTrend([14, 14, 14, 14], 1.5).mean).toBeCloseTo(21, 9);
  });
});

describe(normalAtLeast.name, () => {
  it.each([
    [0, 0.5],
    [1.2815515655, 0.1],
    [-1.2815515655, 0.9],
  ])('of %d is %d', (value, probability) => {
    expect(normalAtLeast({ mean: 0, deviation: 1 }, value)).toBeCloseTo(probability, 6);
  });
});
