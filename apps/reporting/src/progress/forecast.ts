import { dampedTrend, normalAtLeast, TENTH } from './damped-trend';
import type { Day } from './day';
import type { History } from './history';
import { type CountDistribution, countsWith, negativeBinomial } from './negative-binomial';
import { daysLeft, type PlanLine } from './pace';
import { Ratio } from './ratio';

export interface Forecast {
  method: 'gamma_poisson' | 'envelope' | 'capped_logistic';
  confidence: 'low' | 'normal';
  p10: number;
  p50: number;
  p90: number;
  probability: number;
  window: { days: number; events: number };
}

/** Below so many days with arrivals nothing is forecast. */
export const FEWEST_ARRIVAL_DAYS = 5;
/** The recent past that paces and forecasts look at. */
export const WINDOW_DAYS = 28;
const MOST_WEEKS = 26;
const REACHED_FOR_A_CAP = 0.3;

interface Prediction {
  low: number;
  middle: number;
  high: number;
  probability: number;
}

/** The recent past of a history: how long it is and what was gained in it. */
export function recentWindow(history: History, asOf: Day): { days: number; events: number } {
  const days = Math.min(WINDOW_DAYS, history.daysOfHistory(asOf));
  return { days, events: history.gained(asOf, days) };
}

/** What the deadline may bring if the recent pace continues; null where nothing can be said (domain.md 4.2). */
export function forecast(plan: PlanLine, history: History, asOf: Day): Forecast | null {
  const ahead = daysLeft(plan, asOf);
  if (history.arrivalDays(asOf) < FEWEST_ARRIVAL_DAYS || ahead === 0) return null;
  const actual = history.levelOn(asOf);
  const window = recentWindow(history, asOf);
  const missing = Math.max(0, plan.value - actual);
  const total = history.daysOfHistory(asOf);
  const short = total <= WINDOW_DAYS;
  const capped = plan.eligible !== null && actual / plan.eligible > REACHED_FOR_A_CAP && actual < plan.eligible;
  const prediction = capped
    ? cappedLogistic(plan.eligible ?? 0, history, asOf, window, ahead, missing)
    : short
      ? gammaPoisson(window, ahead, missing)
      : envelope(history, asOf, window, ahead, missing);
  const inside = (more: number): number =>
    Ratio.of(Math.min(Math.max(0, more) + actual, Math.max(actual, plan.eligible ?? Infinity))).round(0);
  return {
    method: capped ? 'capped_logistic' : short ? 'gamma_poisson' : 'envelope',
    confidence: short || ahead > total / 2 ? 'low' : 'normal',
    p10: inside(prediction.low),
    p50: inside(prediction.middle),
    p90: inside(prediction.high),
    probability: reachable(plan) ? Ratio.of(Math.min(1, Math.max(0, prediction.probability))).round(4) : 0,
    window,
  };
}

function reachable(plan: PlanLine): boolean {
  return plan.eligible === null || plan.eligible >= plan.value;
}

/** Prior (½, 0): the rate is gamma distributed with what was seen, the coming count negative binomial. */
function gammaPoisson(window: { days: number; events: number }, ahead: number, missing: number): Prediction {
  const shape = shapeOf(window);
  return predictionOf(negativeBinomial(shape, (shape * ahead) / window.days), missing);
}

/** The outer edges of (A) gamma-Poisson times dispersion and (B) the damped trend of weeks; their mean in the middle. */
function envelope(
  history: History,
  asOf: Day,
  window: { days: number; events: number },
  ahead: number,
  missing: number,
): Prediction {
  const a = dispersed(history, asOf, window, (shapeOf(window) * ahead) / window.days, missing, ahead);
  const outlook = dampedTrend(history.weeklyGains(asOf, MOST_WEEKS), ahead / 7);
  const b: Prediction = {
    low: Math.max(0, outlook.mean - TENTH * outlook.deviation),
    middle: outlook.mean,
    high: outlook.mean + TENTH * outlook.deviation,
    // Counts are whole: half a unit lower is the same count.
    probability: missing <= 0 ? 1 : normalAtLeast(outlook, missing - 0.5),
  };
  return {
    low: Math.min(a.low, b.low),
    middle: (a.middle + b.middle) / 2,
    high: Math.max(a.high, b.high),
    probability: (a.probability + b.probability) / 2,
  };
}

/** The centre on the logistic curve through both ends of the window to the cap, the width of (A) around it. */
function cappedLogistic(
  cap: number,
  history: History,
  asOf: Day,
  window: { days: number; events: number },
  ahead: number,
  missing: number,
): Prediction {
  const now = history.levelOn(asOf);
  const before = Math.max(1, now - window.events);
  const odds = (level: number): number => Math.log(level / (cap - level));
  const slope = Math.max(0, (odds(now) - odds(before)) / window.days);
  const gain = cap / (1 + Math.exp(-(odds(now) + slope * ahead))) - now;
  return dispersed(history, asOf, window, Math.max(gain, 1e-9), missing, ahead);
}

/** (A): variance φ·(m + r·H²/T²) around a mean m, φ = max(1, variance ÷ mean of the weekly counts). */
function dispersed(
  history: History,
  asOf: Day,
  window: { days: number; events: number },
  mean: number,
  missing: number,
  ahead: number,
): Prediction {
  const dispersion = dispersionOf(history.weeklyGains(asOf, WINDOW_DAYS / 7));
  const variance = dispersion * (mean + shapeOf(window) * (ahead / window.days) ** 2);
  return predictionOf(countsWith(mean, variance), missing);
}

function dispersionOf(weekly: readonly number[]): number {
  const mean = weekly.reduce((sum, count) => sum + count, 0) / Math.max(1, weekly.length);
  if (weekly.length < 2 || mean <= 0) return 1;
  const variance = weekly.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (weekly.length - 1);
  return Math.max(1, variance / mean);
}

function shapeOf(window: { events: number }): number {
  return Math.max(0, window.events) + 0.5;
}

function predictionOf(counts: CountDistribution, missing: number): Prediction {
  return {
    low: counts.quantile(0.1),
    middle: counts.quantile(0.5),
    high: counts.quantile(0.9),
    probability: counts.atLeast(missing),
  };
}
