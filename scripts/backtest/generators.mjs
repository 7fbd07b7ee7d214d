/**
 * Made-up histories whose truth is known: what arrives on each day. The five of the ministry's kind of count, as the forecast was
 * first judged by them: a steady trickle, officers who upload in batches, a campaign that fades, growth to a cap, a rate that drifts.
 * @typedef {() => number} Random between 0 and 1
 * @typedef {{ name: string, cap?: number, days(random: Random, count: number): number[] }} Generator
 */

/** @param {number} seed @returns {Random} mulberry32: the same seed, the same histories */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {Random} random */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** @param {Random} random @param {number} mean @returns {number} by Knuth's product, in steps that do not underflow */
function poisson(random, mean) {
  if (mean > 30) return poisson(random, 30) + poisson(random, mean - 30);
  const end = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > end; product *= random()) count += 1;
  return count;
}

/** @param {Random} random @param {number} shape @returns {number} of scale 1, by Marsaglia and Tsang */
function gamma(random, shape) {
  if (shape < 1) return gamma(random, shape + 1) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

const CAP = 500;
/** @param {number} day */
const grown = (day) => CAP / (1 + Math.exp(-(day - 70) / 18));

/** @param {number} count @param {(day: number) => number} of */
const each = (count, of) => Array.from({ length: count }, (_, day) => of(day));

/** @type {Generator[]} */
export const GENERATORS = [
  { name: 'steady', days: (random, count) => each(count, () => poisson(random, 2)) },
  { name: 'batches', days: (random, count) => each(count, () => poisson(random, gamma(random, 0.25) * 8)) },
  { name: 'decaying', days: (random, count) => each(count, (day) => poisson(random, 3 * 0.5 ** (day / 60))) },
  { name: 's-curve', days: (random, count) => each(count, (day) => poisson(random, grown(day + 1) - grown(day))) },
  {
    name: 's-curve, cap known',
    cap: CAP,
    days: (random, count) => each(count, (day) => poisson(random, grown(day + 1) - grown(day))),
  },
  {
    name: 'drifting',
    days(random, count) {
      let drift = 0;
      return each(count, (day) => {
        if (day % 7 === 0) drift += 0.25 * normal(random);
        return poisson(random, 2 * Math.exp(drift));
      });
    },
  },
];
