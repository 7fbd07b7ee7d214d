/** A mean and a standard deviation of what a number of coming weeks bring together. */
export interface Outlook {
  mean: number;
  deviation: number;
}

const ALPHAS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const BETAS = [0.05, 0.1, 0.2, 0.3, 0.4];
const DAMPINGS = [0.8, 0.9, 0.95, 0.98];

interface Fit {
  alpha: number;
  damping: number;
  level: number;
  trend: number;
  squaredError: number;
}

/**
 * Damped Holt smoothing of weekly counts: of a small grid the parameters with the least one-step error. The level starts at the
 * mean of the first two weeks and the trend at nothing, so one week of uploads does not become a slope.
 */
export function dampedTrend(weekly: readonly number[], weeksAhead: number): Outlook {
  const fit = bestFit(weekly);
  let trend = fit.trend;
  let level = fit.level;
  let mean = 0;
  for (let left = weeksAhead; left > 0; left -= 1) {
    trend *= fit.damping;
    level += trend;
    mean += Math.max(0, level) * Math.min(1, left);
  }
  return { mean, deviation: Math.sqrt((fit.squaredError / freedom(weekly)) * spread(weeksAhead, fit.alpha)) };
}

/** One error a week after the first, less the two weights that were chosen to make them small: else bands are too narrow. */
function freedom(weekly: readonly number[]): number {
  return Math.max(1, weekly.length - 3);
}

/** Σ(1 + α·j)² over the weeks ahead. */
function spread(weeksAhead: number, alpha: number): number {
  let sum = 0;
  for (let week = 0; week < weeksAhead; week++) sum += Math.min(1, weeksAhead - week) * (1 + alpha * week) ** 2;
  return sum;
}

function bestFit(weekly: readonly number[]): Fit {
  const fits = ALPHAS.flatMap((alpha) =>
    BETAS.flatMap((beta) => DAMPINGS.map((damping) => smooth(weekly, alpha, beta, damping))),
  );
  return fits.reduce((best, fit) => (fit.squaredError < best.squaredError ? fit : best));
}

function smooth(weekly: readonly number[], alpha: number, beta: number, damping: number): Fit {
  const [first = 0, second = first] = weekly;
  let level = (first + second) / 2;
  let trend = 0;
  let squaredError = 0;
  for (const count of weekly.slice(1)) {
    const ahead = level + damping * trend;
    squaredError += (count - ahead) ** 2;
    const next = alpha * count + (1 - alpha) * ahead;
    trend = beta * (next - level) + (1 - beta) * damping * trend;
    level = next;
  }
  return { alpha, damping, level, trend, squaredError };
}

/** The quantile of a standard normal variable for 10 %, mirrored for 90 %. */
export const TENTH = 1.2815515655446004;

/** The probability that a normal variable is at least so large (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
export function normalAtLeast({ mean, deviation }: Outlook, value: number): number {
  if (deviation === 0) return mean >= value ? 1 : 0;
  const z = (value - mean) / deviation / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * Math.abs(z));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (series * Math.exp(-z * z)) / 2;
  return z >= 0 ? tail : 1 - tail;
}
