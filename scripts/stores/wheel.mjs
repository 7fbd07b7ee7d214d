import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, findBinary } from './binaries.mjs';
import { run } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { takeLock } from './lock.mjs';
import { end } from './process.mjs';

const version = '0.7.0b3';
const pythons = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];

/** @param {NodeJS.ProcessEnv} env */
const folderOf = (env) => join(cacheFolder(env), `secantusd-py-${version}`);

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the command, when the environment was made to its end
 */
export function findWheel(env) {
  const folder = folderOf(env);
  // The interpreter is a link to the one that it was made with, and that one may be gone by now.
  const needed = ['.idxcoop-complete', 'bin/python', 'bin/secantusd-py'].map((file) => join(folder, file));
  return needed.every((file) => existsSync(file)) ? needed.at(-1) : undefined;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {{ log: (line: string) => void, signal?: AbortSignal }} surroundings
 * @returns {Promise<string>} the command
 */
export async function ensureWheel(env, { log, signal }) {
  const home = cacheFolder(env);
  const folder = folderOf(env);
  const lock = await takeLock(join(home, 'locks', 'secantusd-py'), {
    wait: true,
    onWait: (pid) => log(`  mongo: pid ${pid} installs SecantusDB, waiting for it`),
    signal,
  });
  try {
    const made = findWheel(env);
    if (made) return made;
    await ensureInstalled([python], { log, signal });
    await make(folder, { home, name: 'secantusd-py', env, log, signal });
    return join(folder, 'bin', 'secantusd-py');
  } finally {
    lock.release();
  }
}

/**
 * @param {string} folder
 * @param {Omit<Parameters<typeof run>[0], 'command' | 'args'>} common
 */
async function make(folder, common) {
  const interpreter = findPython();
  if (interpreter === undefined) throw new Error(advice('Python 3.11 or newer is not there either'));
  // The installer of a killed run may still be writing there.
  await end(common.home, common.name, { patience: 0 });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:'];
  try {
    await run({ ...common, command: interpreter, args: ['-m', 'venv', folder] });
    await run({ ...common, command: join(folder, 'bin', 'python'), args: [...pip, `SecantusDB==${version}`] });
  } catch (error) {
    common.signal?.throwIfAborted();
    throw new Error(advice(/** @type {Error} */ (error).message), { cause: error });
  }
  writeFileSync(join(folder, '.idxcoop-complete'), '');
}

/** @param {string} reason */
const advice = (reason) =>
  `MongoDB not found, and its stand-in could not be installed: install mongod, set MONGODB_URI, run "npm run stores -- build", or use "docker compose up".\n${reason}`;

/** @type {import('./install.mjs').Requirement} */
const python = {
  product: 'MongoDB (or Python 3.11 or newer with venv for its stand-in)',
  package: 'python3-venv',
  variable: 'MONGODB_URI',
  units: [],
  isThere: () => findPython() !== undefined,
};

/** @returns {string | undefined} an interpreter that is new enough and can make an environment */
function findPython() {
  const test = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
  return pythons
    .map((name) => findBinary(name))
    .find((path) => {
      try {
        if (path) execFileSync(path, ['-c', test], { stdio: 'ignore' });
        return path !== undefined;
      } catch {
        return false;
      }
    });
}
