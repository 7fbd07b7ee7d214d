import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlive, ownIdentity } from './identity.mjs';
import { ensureInstalled } from './install.mjs';
import { holderOf, takeLock } from './lock.mjs';
import { mongo } from './mongo.mjs';
import { rabbitmq } from './rabbitmq.mjs';
import { redis } from './redis.mjs';

/**
 * @typedef {object} Started
 * @property {Record<string, string>} env
 * @property {string} engine
 * @property {string} [note]
 * @property {(patience?: number) => Promise<unknown>} stop
 *
 * @typedef {object} Store
 * @property {string} name
 * @property {string} product
 * @property {string} variable the environment variable that names a running one
 * @property {import('./install.mjs').Requirement} [requirement]
 * @property {(options: { home: string, log: (line: string) => void, env: NodeJS.ProcessEnv, signal: AbortSignal | undefined }) => Promise<Started>} start
 *
 * @typedef {{ env: Record<string, string>, engine: string, stop(patience?: number): Promise<void> }} Stores
 * @typedef {{ pid: number, startTime: string, urls: Record<string, string>, engine: string }} Running
 */

const stores = [mongo, rabbitmq, redis];

/**
 * A store whose URL is in the environment is used as it is; each other one becomes a private instance below home.
 * @param {object} options
 * @param {string} options.home
 * @param {(line: string) => void} [options.log]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Stores>}
 */
export async function startStores({ home: folder, log = console.error, env = process.env, signal }) {
  const home = resolve(folder);
  const own = stores.filter(({ variable }) => !env[variable]);
  for (const { product, variable } of stores) if (env[variable]) log(`✓ ${product.padEnd(23)}   given by ${variable}`);
  /** @type {Record<string, string>} */
  const urls = {};
  for (const variable of [...stores.map((store) => store.variable), 'RABBITMQ_MANAGEMENT_URL'])
    if (env[variable]) urls[variable] = env[variable];
  if (own.length === 0) return { env: urls, engine: 'given', stop: async () => undefined };

  mkdirSync(home, { recursive: true });
  const onWait = (/** @type {number} */ pid) => log(`  stores: pid ${pid} is stopping them, waiting`);
  const lock = await takeLock(storesLock(home), { onWait, signal });
  const failure = new AbortController();
  const either = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  /** @type {Started[]} */
  const started = [];
  /** @param {number} [patience] */
  const stop = async (patience) => {
    lock.leave();
    rmSync(runningFile(home), { force: true });
    await Promise.all(started.map((store) => store.stop(patience)));
    lock.release();
  };
  try {
    await ensureInstalled(
      own.flatMap(({ requirement }) => requirement ?? []),
      { log, signal: either },
    );
    const results = await Promise.allSettled(
      own.map(async (store) => {
        try {
          started.push(await startOne(store, { home, log, env, signal: either }));
        } catch (error) {
          failure.abort(error);
          throw error;
        }
      }),
    );
    if (results.some(({ status }) => status === 'rejected'))
      throw signal?.aborted ? signal.reason : failure.signal.reason;
  } catch (error) {
    await stop();
    throw error;
  }
  const engine = started.find((store) => store.env['MONGODB_URI'])?.engine ?? 'given';
  Object.assign(urls, ...started.map((store) => store.env));
  writeRunning(home, { ...ownIdentity(), urls, engine });
  return { env: urls, engine, stop };
}

/** @param {Store} store @param {Parameters<Store['start']>[0]} options */
async function startOne(store, options) {
  const begun = Date.now();
  const started = await store.start(options);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(6);
  const note = [started.engine, started.note].filter(Boolean).join(': ');
  options.log(`✓ ${store.product.padEnd(14)}${seconds} s   ${note}`);
  return started;
}

/** @param {string} home */
const storesLock = (home) => join(home, 'locks', 'stores');
/** @param {string} home */
const runningFile = (home) => join(home, 'stores.json');

/** @param {string} home @param {Running} running */
function writeRunning(home, running) {
  const file = runningFile(home);
  writeFileSync(`${file}.new`, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * @param {string} home
 * @returns {Running | undefined} the stores that a living command keeps for this home
 */
export function runningStores(home) {
  try {
    const running = JSON.parse(readFileSync(runningFile(resolve(home)), 'utf8'));
    return isAlive(running) ? running : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} home
 * @returns {number | undefined} pid of the command that keeps or is starting stores for this home
 */
export function keeperOf(home) {
  return holderOf(storesLock(resolve(home)))?.pid;
}
