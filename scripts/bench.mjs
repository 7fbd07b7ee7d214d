#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLANS } from './bench/plans.mjs';
import { put, section, summarise } from './bench/report.mjs';
import { main } from './interruption.mjs';
import { say, step } from './progress.mjs';
import { root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';
import { startStores } from './stores/index.mjs';

const help = `Usage: npm run bench [-- NAME …] [--json] [--rounds N] [--write]

Measures the bus and the delivery of messages beside their peers, each run in a process of its own, round by round. NAME: ${PLANS.map(({ name }) => name).join(', ')}; default all.

  --json      one JSON document on standard output instead of tables
  --rounds N  interleaved rounds, default 7
  --write     puts the tables into docs/performance.md

Stores: MONGODB_URI, RABBITMQ_URL with RABBITMQ_MANAGEMENT_URL, REDIS_URL; each one that is not given is started for it.
Exit code: 0 measured (whether or not an aim is met), 1 not measured, 2 wrong usage.
`;
const folder = join(root, 'bench');
const DOCUMENT = join(root, 'docs/performance.md');

/** @param {string[]} words */
function read(words) {
  const wanted = { names: /** @type {string[]} */ ([]), json: false, write: false, rounds: 7 };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--json') wanted.json = true;
    else if (word === '--write') wanted.write = true;
    else if (word === '--rounds') wanted.rounds = Number(words[++i]);
    else if (PLANS.some(({ name }) => name === word)) wanted.names.push(word);
    else return undefined;
  }
  return Number.isInteger(wanted.rounds) && wanted.rounds > 0 ? wanted : undefined;
}

/** @param {string} command @param {string[]} args @param {AbortSignal} signal @returns {Promise<string>} standard output */
function output(command, args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${args.join(' ')}\n${errors}`))));
  });
}

/** The peers are not part of the product: their packages are below bench/. @param {AbortSignal} signal */
async function ensurePeers(signal) {
  const installed = join(folder, 'node_modules/.package-lock.json');
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const found = existsSync(installed) ? JSON.parse(readFileSync(installed, 'utf8')).packages : {};
  const isThere = Object.keys(wanted).every((path) => path === '' || found[path]?.version === wanted[path].version);
  if (!isThere) await output('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], signal);
}

/** @param {string} management */
function broker(management) {
  const { username, password, origin } = new URL(management);
  const authorization = `Basic ${btoa(`${username || 'guest'}:${password || 'guest'}`)}`;
  /** @param {string} method @param {string} path @param {object} [body] */
  const ask = async (method, path, body) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response;
  };
  return {
    version: async () => {
      const overview = /** @type {{ rabbitmq_version: string }} */ (await (await ask('GET', '/api/overview')).json());
      return overview.rabbitmq_version;
    },
    /** @param {string} name */
    add: async (name) => {
      await ask('PUT', `/api/vhosts/${name}`, {});
      const all = { configure: '.*', write: '.*', read: '.*' };
      await ask('PUT', `/api/permissions/${name}/${username || 'guest'}`, all);
    },
    /** @param {string} name */
    remove: (name) => ask('DELETE', `/api/vhosts/${name}`),
  };
}

/**
 * One run in a virtual host and a database of its own.
 * @param {import('./bench/plans.mjs').Plan} plan @param {string} variant @param {Record<string, string>} env @param {AbortSignal} signal
 */
async function run(plan, variant, env, signal) {
  const name = `bench-${randomBytes(4).toString('hex')}`;
  const {
    RABBITMQ_MANAGEMENT_URL: management = '',
    RABBITMQ_URL = '',
    MONGODB_URI: mongodbUri,
    REDIS_URL: redisUrl,
  } = env;
  const { add, remove } = broker(management);
  const url = new URL(RABBITMQ_URL);
  url.pathname = `/${name}`;
  await add(name);
  try {
    const options = { ...plan.options, url: url.toString(), management, mongodbUri, redisUrl, dbPrefix: name };
    return JSON.parse(await output(process.execPath, ['run.cjs', plan.name, variant, JSON.stringify(options)], signal));
  } finally {
    await remove(name);
  }
}

/**
 * @param {import('./bench/plans.mjs').Plan} plan @param {number} count @param {Record<string, string>} env @param {string} engine @param {AbortSignal} signal
 */
async function measure(plan, count, env, engine, signal) {
  const [before = 0] = loadavg();
  const rounds = [];
  for (let round = 0; round < count; round += 1) {
    // Each round begins with another variant, so that none always runs on a machine that has just rested.
    const turn = round % plan.variants.length;
    const order = [...plan.variants.slice(turn), ...plan.variants.slice(0, turn)];
    /** @type {Record<string, Record<string, number>>} */
    const figures = {};
    for (const variant of order) figures[variant] = await run(plan, variant, env, signal);
    rounds.push(figures);
    say(
      `  ${plan.name} ${round + 1}/${count}: ${JSON.stringify(figures, (_, value) => (typeof value === 'number' ? +value.toFixed(2) : value))}`,
    );
  }
  const version = await broker(env['RABBITMQ_MANAGEMENT_URL'] ?? '').version();
  const [after = 0] = loadavg();
  return summarise(plan, rounds, {
    at: new Date().toISOString(),
    node: process.versions.node,
    cores: availableParallelism(),
    load: [before, after],
    broker: `RabbitMQ ${version}`,
    engine,
  });
}

await main(async (signal) => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) return (process.stdout.write(help), 0);
  const wanted = read(words);
  if (!wanted) return (process.stderr.write(help), 2);
  const home = mkdtempSync(join(tmpdir(), 'idxcoop-bench-'));
  let stop = async () => {};
  try {
    await step('dependencies', () => ensureDependencies({ signal }));
    await step('build', () => ensureBuild({ signal }));
    await step('peers', () => ensurePeers(signal));
    const stores = await startStores({ home, log: say, signal });
    stop = () => stores.stop(0);
    if (!stores.env['RABBITMQ_MANAGEMENT_URL'])
      throw new Error('RABBITMQ_MANAGEMENT_URL is needed beside RABBITMQ_URL: each run has a virtual host of its own.');
    const results = [];
    for (const plan of PLANS.filter(({ name }) => wanted.names.length === 0 || wanted.names.includes(name))) {
      const result = await measure(plan, wanted.rounds, stores.env, stores.engine, signal);
      results.push(result);
      const text = section(plan, result);
      if (!wanted.json) process.stdout.write(`${text}\n`);
      if (wanted.write) writeFileSync(DOCUMENT, put(readFileSync(DOCUMENT, 'utf8'), plan.name, text));
    }
    if (wanted.json) process.stdout.write(`${JSON.stringify(results)}\n`);
    return 0;
  } finally {
    await stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
});
