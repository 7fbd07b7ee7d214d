import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './fingerprint.mjs';
import { main } from './interruption.mjs';
import { say, step } from './progress.mjs';
import { cloneHome, root } from './root.mjs';
import { run } from './stores/command.mjs';
import { takeLock } from './stores/lock.mjs';

export { step } from './progress.mjs';

/** @typedef {{ log?: (line: string) => void, signal?: AbortSignal }} Surroundings */

const help = `Usage: node scripts/setup.mjs [dependencies|build]

  dependencies  what package-lock.json names, by npm ci, where it is not there yet
  build         the application in dist/, where the sources have changed (default: both)
`;

const lockFile = join(root, 'package-lock.json');
const installedFile = join(root, 'node_modules', '.package-lock.json');
const dependenciesStamp = join(root, 'node_modules', '.idxcoop-lock');
const buildStamp = join(root, 'dist', '.idxcoop-build');

/** @param {Surroundings} [surroundings] */
export async function ensureDependencies({ log = say, signal } = {}) {
  requireNode();
  const wanted = `${fingerprint(root, ['package-lock.json'])} ${process.platform}-${process.arch}`;
  if (stampOf(dependenciesStamp) === wanted) return;
  await once('dependencies', { log, signal }, async () => {
    if (stampOf(dependenciesStamp) === wanted) return;
    if (!installedMatches()) {
      const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
      await run({ home: cloneHome, name: 'npm-ci', command: 'npm', args, cwd: root, log, signal });
    }
    writeFileSync(dependenciesStamp, wanted);
  });
}

/** @param {Surroundings} [surroundings] */
export async function ensureBuild({ log = say, signal } = {}) {
  if (stampOf(buildStamp) === sources()) return;
  await once('build', { log, signal }, async () => {
    const building = sources();
    if (stampOf(buildStamp) === building) return;
    rmSync(buildStamp, { force: true });
    const args = ['run', '--silent', 'build'];
    await run({ home: cloneHome, name: 'build', command: 'npm', args, cwd: root, log, signal });
    writeFileSync(buildStamp, building);
  });
}

const sources = () => {
  const settings = readdirSync(root).filter((file) => /^tsconfig.*\.json$/.test(file));
  return fingerprint(root, ['apps', 'libs', 'nest-cli.json', ...settings.sort(), 'package-lock.json']);
};

/**
 * Runs that start together do the work once: the others wait and find it done.
 * @param {string} what
 * @param {Required<Pick<Surroundings, 'log'>> & Surroundings} surroundings
 * @param {() => Promise<void>} work
 */
async function once(what, { log, signal }, work) {
  const onWait = (/** @type {number} */ pid) => log(`  ${what}: pid ${pid} is at it, waiting`);
  const lock = await takeLock(join(cloneHome, 'locks', what), { wait: true, onWait, signal });
  try {
    await work();
  } finally {
    lock.release();
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`Node.js 20.19 or newer is needed, this is ${process.versions.node}.`);
}

/** @param {string} file */
const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/**
 * npm notes what it has put into node_modules, at the end of an installation that succeeded.
 * @returns {boolean} whether that is what package-lock.json names
 */
function installedMatches() {
  if (!existsSync(installedFile)) return false;
  /** @typedef {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} Packages */
  /** @type {Packages} */
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  /** @type {Packages} */
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, { version, optional }]) =>
      installed[path] ? installed[path].version === version : optional === true,
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async (signal) => {
    const [what, ...rest] = process.argv.slice(2);
    if (what === '--help') process.stdout.write(help);
    else if (rest.length > 0 || (what !== undefined && !['dependencies', 'build'].includes(what))) {
      process.stderr.write(help);
      return 2;
    } else {
      await step('dependencies', () => ensureDependencies({ signal }));
      if (what !== 'dependencies') await step('build', () => ensureBuild({ signal }));
    }
    return 0;
  });
}
