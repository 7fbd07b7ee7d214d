import { normalAtLeast, type Outlook } from './damped-trend';

/** How many events are still to come: whole numbers from 0, with a mean and a variance that is at least as large. */
export interface CountDistribution {
  /** The smallest count that is not exceeded with this probability. */
  quantile(probability: number): number;
  /** The probability of at least so many. */
  atLeast(count: number): number;
}

/** Above this mean the steps would be many and the shape is a bell. */
const LARGE_MEAN = 50_000;
const MOST_STEPS = 2_000_000;

/** The negative binomial distribution by its size (shape) and mean: what a gamma-Poisson predicts. */
export function negativeBinomial(size: number, mean: number): CountDistribution {
  if (mean > LARGE_MEAN) return bell({ mean, deviation: Math.sqrt(mean + mean ** 2 / size) });
  const start = size * Math.log(size / (size + mean));
  const step = Math.log(mean / (size + mean));
  const walk = (stop: (count: number, below: number, upTo: number) => boolean): void => {
    let logarithm = start;
    let sum = 0;
    for (let count = 0; count < MOST_STEPS; count++) {
      const below = sum;
      sum += Math.exp(logarithm);
      if (stop(count, below, sum)) return;
      logarithm += step + Math.log((size + count) / (count + 1));
    }
  };
  return {
    quantile(probability) {
      let found = 0;
      walk((count, _below, upTo) => {
        found = count;
        return upTo >= probability || (count > mean && upTo >= 1 - 1e-12);
      });
      return found;
    },
    atLeast(count) {
      if (count <= 0) return 1;
      let result = 0;
      walk((at, below, upTo) => {
        result = Math.max(0, 1 - below);
        return at >= Math.ceil(count) || upTo >= 1 - 1e-15;
      });
      return result;
    },
  };
}

/** Whole numbers under a normal curve, cut off at zero. */
function bell(outlook: Outlook): CountDistribution {
  return {
    quantile(probability) {
      let low = 0;
      let high = Math.ceil(outlook.mean + 10 * outlook.deviation);
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (1 - normalAtLeast(outlook, middle + 0.5) >= probability) high = middle;
        else low = middle + 1;
      }
      return low;
    },
    atLeast: (count) => (count <= 0 ? 1 : normalAtLeast(outlook, Math.ceil(count) - 0.5)),
  };
}

/** The same by mean and variance; a variance that is not above the mean is a Poisson in all but name. */
export function countsWith(mean: number, variance: number): CountDistribution {
  const excess = Math.max(variance - mean, mean * 1e-6);
  return negativeBinomial((mean * mean) / excess, mean);
}
