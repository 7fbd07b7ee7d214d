import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, findBinary } from './binaries.mjs';
import { downloadMongod } from './mongod-download.mjs';
import { ensureWheel, findWheel } from './wheel.mjs';

/** @typedef {{ name: 'mongod' | 'secantusd-rs' | 'secantusd-py', command: string }} Engine */

/** Where `npm run stores -- build` puts its build, inside the cache. */
export const builtFolder = 'secantusd-rs';

/** @param {NodeJS.ProcessEnv} [env] */
export function builtEngine(env = process.env) {
  const binary = join(cacheFolder(env), builtFolder, 'bin', 'secantusd-rs');
  return existsSync(binary) ? binary : undefined;
}

/**
 * The best database that this machine has or can get: a real mongod, a compiled stand-in, a downloaded mongod, a stand-in from a wheel.
 * @param {{ log: (line: string) => void, env: NodeJS.ProcessEnv, signal?: AbortSignal }} surroundings
 * @returns {Promise<Engine>}
 */
export async function findEngine({ log, env, signal }) {
  const mongod = findBinary('mongod', { env, cached: 'mongod' });
  if (mongod) return { name: 'mongod', command: mongod };
  const secantus = findBinary('secantusd-rs', { env }) ?? builtEngine(env);
  if (secantus) return { name: 'secantusd-rs', command: secantus };
  // A machine that once fell back to the wheel has no way to the download; asking again would cost every start its patience.
  const wheel = findWheel(env);
  const downloaded = wheel ? undefined : await downloadMongod(join(cacheFolder(env), 'mongod'), { log, signal });
  if (downloaded) return { name: 'mongod', command: downloaded };
  return { name: 'secantusd-py', command: wheel ?? (await ensureWheel(env, { log, signal })) };
}
