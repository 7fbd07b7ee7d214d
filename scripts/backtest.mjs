#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GENERATORS, randomOf } from './backtest/generators.mjs';
import { score } from './backtest/score.mjs';
import { main } from './interruption.mjs';
import { root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';

const help = `Usage: npm run backtest [-- --runs N] [--seed N] [--json]

Judges the forecast of targets by histories whose future is known: made-up ones of five kinds, and the published ones of 2014 to 2025.
Prints for each kind and horizon how often the outcome lay in the 80 % band, the pinball loss beside that of a straight line, and the
Brier score of the probability of reaching a target that the straight line just reaches.

  --runs N   histories of each kind, default 300
  --seed N   other histories, default 1
  --json     one JSON document on standard output

Exit code: 0 the band covers 0.72 to 0.95 at 14 and 28 days for each kind, 2 wrong usage, 3 it does not.
`;

const FIRST_DAY = '2025-01-01';
const ORIGINS = [56, 70];
const HORIZONS = [14, 28, 84];
const JUDGED = [14, 28];
const [LEAST, MOST] = [0.72, 0.95];
/** What the published counts can reach: the villages of the country, and every cooperative ever counted. */
const SERIES = [
  { file: 'merah-putih-growth.csv', column: 'legal_entities', eligible: 83_762 },
  { file: 'merah-putih-growth.csv', column: 'accounts', eligible: 83_762 },
  { file: 'national-series.csv', column: 'active_cooperatives', eligible: null },
];

/** The product's own arithmetic. */
function product() {
  const built = createRequire(join(root, 'package.json'));
  const folder = join(root, 'dist/apps/reporting/src/progress');
  const { forecast, recentWindow } = built(join(folder, 'forecast.js'));
  const { History } = built(join(folder, 'history.js'));
  const { addDays, daysBetween } = built(join(folder, 'day.js'));
  return { forecast, recentWindow, History, addDays, daysBetween };
}

/**
 * @param {ReturnType<typeof product>} own
 * @param {any} history what was known
 * @param {string} asOf
 * @param {number} ahead
 * @param {number} outcome the level that came
 * @param {number | null} eligible
 */
function trial(own, history, asOf, ahead, outcome, eligible) {
  const { days, events } = own.recentWindow(history, asOf);
  const actual = history.levelOn(asOf);
  const line = Math.min(actual + (events * ahead) / Math.max(1, days), Math.max(actual, eligible ?? Infinity));
  const target = Math.max(actual + 1, Math.round(line));
  const plan = { value: target, deadline: own.addDays(asOf, ahead), baseline: null, eligible };
  const prediction = own.forecast(plan, history, asOf);
  return prediction && { prediction, line, outcome, target };
}

/** @param {ReturnType<typeof product>} own @param {import('./backtest/generators.mjs').Generator} generator @param {number} runs @param {number} seed */
function judge(own, generator, runs, seed) {
  const trials = HORIZONS.map(() => /** @type {any[]} */ ([]));
  const random = randomOf(seed);
  for (let run = 0; run < runs; run += 1) {
    const counts = generator.days(random, Math.max(...ORIGINS) + Math.max(...HORIZONS) + 1);
    const changes = counts.map((opened, day) => ({ day: own.addDays(FIRST_DAY, day), opened, closed: 0 }));
    const truth = own.History.ofChanges(changes);
    for (const origin of ORIGINS) {
      const asOf = own.addDays(FIRST_DAY, origin);
      const known = own.History.ofChanges(changes.slice(0, origin + 1));
      for (const [index, ahead] of HORIZONS.entries()) {
        const outcome = truth.levelOn(own.addDays(asOf, ahead));
        const made = trial(own, known, asOf, ahead, outcome, generator.cap ?? null);
        if (made) trials[index]?.push(made);
      }
    }
  }
  return HORIZONS.map((horizon, index) => ({ kind: generator.name, horizon, ...score(trials[index] ?? []) }));
}

/** Each published count, as foretold from those before it. @param {ReturnType<typeof product>} own */
function published(own) {
  return SERIES.flatMap(({ file, column, eligible }) => {
    const [header = '', ...lines] = readFileSync(join(root, 'scripts/backtest', file), 'utf8')
      .trim()
      .split('\n');
    const at = header.split(',').indexOf(column);
    const levels = lines
      .map((line) => line.split(','))
      .filter((cells) => cells[at] !== '')
      .map((cells) => ({
        day: `${cells[0]}`.length === 4 ? `${cells[0]}-12-31` : `${cells[0]}`,
        level: Number(cells[at]),
      }));
    return levels.slice(1).map(({ day, level }, index) => {
      const before = levels.slice(0, index + 1);
      const asOf = before.at(-1)?.day ?? '';
      const made = trial(own, own.History.ofLevels(before), asOf, own.daysBetween(asOf, day), level, eligible);
      const { p10 = null, p50 = null, p90 = null, method = null } = made?.prediction ?? {};
      return { series: column, asOf, day, actual: level, method, p10, p50, p90 };
    });
  });
}

/** @param {readonly Record<string, unknown>[]} rows */
function table(rows) {
  const names = Object.keys(rows[0] ?? {});
  const text = (/** @type {unknown} */ value) =>
    value === null ? '–' : typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value);
  const cells = [names, ...rows.map((row) => names.map((name) => text(row[name])))];
  const widths = names.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

await main(async (signal) => {
  let options;
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '300' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    options = { ...values, runs: Number(values.runs), seed: Number(values.seed) };
    if (!(Number.isInteger(options.runs) && options.runs > 0)) throw new Error('--runs must be a whole number above 0');
    if (!Number.isInteger(options.seed)) throw new Error('--seed must be a whole number');
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n\n${help}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  await ensureDependencies({ signal });
  await ensureBuild({ signal });
  const own = product();
  const generated = GENERATORS.flatMap((generator) => judge(own, generator, options.runs, options.seed));
  const outside = generated.filter(
    ({ horizon, coverage }) => JUDGED.includes(horizon) && !(coverage >= LEAST && coverage <= MOST),
  );
  const real = published(own);
  const result = { generated, published: real, within: outside.length === 0 };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    process.stdout.write(`${table(generated)}\n\n${table(real)}\n\n`);
    for (const { kind, horizon, coverage } of outside)
      process.stdout.write(`${kind}, ${horizon} days: ${coverage.toFixed(3)} is outside ${LEAST}–${MOST}\n`);
  }
  return outside.length === 0 ? 0 : 3;
});
