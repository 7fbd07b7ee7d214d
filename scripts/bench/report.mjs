import { LABELS } from './plans.mjs';

/**
 * @typedef {import('./plans.mjs').Plan} Plan
 * @typedef {Record<string, Record<string, number>>} Round each variant's figures
 * @typedef {{ median: number, min: number, max: number }} Spread
 * @typedef {{ name: string, at: string, node: string, cores: number, load: number[], broker: string, engine: string, options: Record<string, number>,
 *   rounds: number, variants: Record<string, Record<string, { value: Spread, ratio: Spread }>>, aim: { text: string, ratio: number, met: boolean } }} Result
 */

/** @param {number[]} values @returns {Spread} */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return { median: (low + high) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/**
 * The ratio is taken within each round, where both ran back to back, and only then the median: the machine changes between rounds.
 * @param {Plan} plan @param {Round[]} rounds @param {Pick<Result, 'at' | 'node' | 'cores' | 'load' | 'broker' | 'engine'>} surroundings @returns {Result}
 */
export function summarise(plan, rounds, surroundings) {
  const figure = (/** @type {Round} */ round, /** @type {string} */ variant, /** @type {string} */ key) =>
    round[variant]?.[key] ?? Number.NaN;
  const variants = Object.fromEntries(
    plan.variants.map((variant) => [
      variant,
      Object.fromEntries(
        plan.metrics.map(({ key }) => [
          key,
          {
            value: spread(rounds.map((round) => figure(round, variant, key))),
            ratio: spread(rounds.map((round) => figure(round, variant, key) / figure(round, plan.reference, key))),
          },
        ]),
      ),
    ]),
  );
  const ratio = variants[plan.aim.variant]?.[plan.aim.key]?.ratio.median ?? Number.NaN;
  const aim = { text: plan.aim.text, ratio, met: plan.aim.holds(ratio) };
  return { name: plan.name, ...surroundings, options: plan.options, rounds: rounds.length, variants, aim };
}

/** @param {Plan} plan @param {Result} result @returns {string} a section of docs/performance.md */
export function section(plan, result) {
  const { at, node, cores, load, broker, engine, rounds, options, aim } = result;
  const head = plan.metrics.flatMap(({ label }) => [label, `ratio to ${LABELS[plan.reference]}`]);
  const rows = plan.variants.map((variant) => [
    LABELS[variant],
    ...plan.metrics.flatMap(({ key, digits }) => {
      const { value, ratio } = /** @type {{ value: Spread, ratio: Spread }} */ (result.variants[variant]?.[key]);
      return [shown(value, digits), variant === plan.reference ? '1' : shown(ratio, 2)];
    }),
  ]);
  const line = (/** @type {(string | undefined)[]} */ cells) => `| ${cells.join(' | ')} |`;
  const settings = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  return `## ${plan.title}

${plan.what}

${[line(['variant', ...head]), line(['---', ...head.map(() => '---')]), ...rows.map(line)].join('\n')}

Aim: ${aim.text}. Measured: ${aim.ratio.toFixed(2)}, ${aim.met ? 'met' : '**missed**'}.

Medians of ${rounds} interleaved rounds, minimum and maximum in brackets; ${settings.join(', ')}. ${at.slice(0, 10)}, Node ${node}, ${cores} cores
shared with broker and database, load average ${load.map((value) => value.toFixed(1)).join(' → ')}, ${broker}, ${engine}.
`;
}

/** @param {Spread} spread @param {number} digits */
function shown({ median, min, max }, digits) {
  const text = (/** @type {number} */ value) => value.toFixed(digits);
  return `${text(median)} (${text(min)}–${text(max)})`;
}

/**
 * Puts a section between its markers, and leaves what people wrote around them.
 * @param {string} document @param {string} name @param {string} text
 */
export function put(document, name, text) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  const whole = `${start}\n${text}${end}`;
  if (from < 0 || to < 0) return `${document.trimEnd()}\n\n${whole}\n`;
  return document.slice(0, from) + whole + document.slice(to + end.length);
}
