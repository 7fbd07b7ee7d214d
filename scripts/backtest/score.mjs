/**
 * @typedef {{ p10: number, p50: number, p90: number, probability: number }} Prediction
 * @typedef {{ prediction: Prediction, line: number, outcome: number, target: number }} Trial
 * @typedef {{ trials: number, coverage: number, pinball: number, pinballOfLine: number, brier: number }} Score
 */

const QUANTILES = /** @type {const} */ ([
  [0.1, 'p10'],
  [0.5, 'p50'],
  [0.9, 'p90'],
]);

/** @param {number} quantile @param {number} predicted @param {number} outcome */
function pinball(quantile, predicted, outcome) {
  const missed = outcome - predicted;
  return missed >= 0 ? quantile * missed : (quantile - 1) * missed;
}

/** @param {readonly number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * How often the outcome lay in the band, the pinball loss of the three quantiles beside a straight line's (which has but one), and
 * the Brier score of the probability that the target is reached (0.25 is what a coin has).
 * @param {readonly Trial[]} trials
 * @returns {Score}
 */
export function score(trials) {
  /** @param {(trial: Trial, name: 'p10' | 'p50' | 'p90') => number} of */
  const loss = (of) =>
    mean(trials.map((trial) => mean(QUANTILES.map(([at, name]) => pinball(at, of(trial, name), trial.outcome)))));
  return {
    trials: trials.length,
    coverage: mean(trials.map(({ prediction, outcome }) => +(prediction.p10 <= outcome && outcome <= prediction.p90))),
    pinball: loss(({ prediction }, name) => prediction[name]),
    pinballOfLine: loss(({ line }) => line),
    brier: mean(trials.map(({ prediction, outcome, target }) => (prediction.probability - +(outcome >= target)) ** 2)),
  };
}
