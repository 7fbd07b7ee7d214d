/** How many events are still to come: whole numbers from 0, with a mean and a variance that is at least as large. */
export interface CountDistribution {
  /** The smallest count that is not exceeded with this probability. */
  quantile(probability: number): number;
  /** The probability of at least so many. */
  atLeast(count: number): number;
}

const MOST_STEPS = 2_000_000;

/** The negative binomial distribution by its size (shape) and mean: what a gamma-Poisson predicts. */
export function negativeBinomial(size: number, mean: number): CountDistribution {
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

/** The same by mean and variance; a variance that is not above the mean is a Poisson in all but name. */
export function countsWith(mean: number, variance: number): CountDistribution {
  const excess = Math.max(variance - mean, mean * 1e-6);
  return negativeBinomial((mean * mean) / excess, mean);
}
