import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, findBinary } from './binaries.mjs';
import { run } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { takeLock } from './lock.mjs';

const version = '0.7.0b3';
const pythons = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];

/** @param {NodeJS.ProcessEnv} env */
const folderOf = (env) => join(cacheFolder(env), `secantusd-py-${version}`);

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the command, when the environment was made to its end
 */
export function findWheel(env) {
  const command = join(folderOf(env), 'bin', 'secantusd-py');
  return existsSync(join(folderOf(env), '.idxcoop-complete')) && existsSync(command) ? command : undefined;
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
    const interpreter = findPython();
    if (interpreter === undefined)
      throw new Error(
        'MongoDB not found, and no Python 3.11 or newer for its stand-in: install one, set MONGODB_URI, or use "docker compose up".',
      );
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const common = { home, name: 'secantusd-py', env, log, signal };
    await run({ ...common, command: interpreter, args: ['-m', 'venv', folder] });
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:'];
    await run({ ...common, command: join(folder, 'bin', 'python'), args: [...pip, `SecantusDB==${version}`] });
    writeFileSync(join(folder, '.idxcoop-complete'), '');
    return join(folder, 'bin', 'secantusd-py');
  } finally {
    lock.release();
  }
}

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
