import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from './interruption.mjs';
import { say, step } from './progress.mjs';
import { root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';
import { mark, ownIdentity } from './stores/identity.mjs';
import { startStores } from './stores/index.mjs';
import { clearLeftovers, testHomeName } from './stores/leftovers.mjs';
import { end } from './stores/process.mjs';

const help = `Usage: npm test [-- arguments of jest]

Sets up what is missing, runs every test on private stores of its own, and prints the counts last. MONGODB_URI, RABBITMQ_URL and
REDIS_URL name stores to use instead. Exit code: that of jest; 1 when the tests could not be run.
`;

/**
 * @param {string[]} words
 * @param {string} report
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
function runJest(words, report, env, signal) {
  const args = [join(root, 'node_modules/jest/bin/jest.js'), ...words, '--json', `--outputFile=${report}`];
  return new Promise((resolve, reject) => {
    // In our own process group: jest in watch mode reads the keyboard, and Ctrl-C is for both.
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['inherit', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
    signal.addEventListener('abort', () => child.kill('SIGTERM'));
  });
}

/** @param {string} report @returns {{ passed: number, failed: number }} a suite that could not run counts as one failed */
function countsOf(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
}

/** @param {string[]} words @param {AbortSignal} signal */
async function test(words, signal) {
  const home = join(tmpdir(), testHomeName(ownIdentity()));
  const report = join(home, 'report.json');
  let stop = async () => undefined;
  // Not recursive: a folder that somebody else has put there is refused.
  mkdirSync(home, { mode: 0o700 });
  try {
    await step('leftovers', () => clearLeftovers(tmpdir(), say));
    await step('dependencies', () => ensureDependencies({ signal }));
    await step('build', () => ensureBuild({ signal }));
    const stores = await startStores({ home, log: say, signal });
    // Their data is thrown away in a moment, so nothing is gained by a polite stop.
    stop = async () => void (await stores.stop(0));
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      ...stores.env,
      IDXCOOP_ENGINE: stores.engine,
      ...mark(home, 'jest'),
    };
    return await runJest(words, report, env, signal);
  } finally {
    await end(home, 'jest', { patience: 0 });
    await stop();
    const { passed, failed } = countsOf(report);
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}

await main(async (signal) => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) process.stdout.write(help);
  else return test(words, signal);
  return 0;
});
