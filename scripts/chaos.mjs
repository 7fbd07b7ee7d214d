import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from './interruption.mjs';
import { root } from './root.mjs';

const help = `Usage: npm run chaos [-- NAME] [--seed N] [--minutes M]

Faults under load, with an outside oracle: processes are killed, the broker is stopped, stores are cut off. Runs the specs of
test/chaos whose name begins with NAME (messaging, …; all of them without one) at their full sizes, on private stores; npm test
runs the same with a twentieth. --seed and --minutes are for the random faults (messaging-soak): the same seed gives the same faults.
Exit code 0: nothing was lost and nothing doubled. 2: wrong usage.
`;

/** @param {string[]} words */
function read(words) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { seed: { type: 'string' }, minutes: { type: 'string' }, help: { type: 'boolean' } },
  });
  for (const [name, value] of Object.entries({ seed: values.seed, minutes: values.minutes })) {
    if (value !== undefined && !(Number(value) > 0)) throw new Error(`--${name} must be a number above 0`);
  }
  const folder = join(root, 'test/chaos');
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.spec.ts')) : [];
  const [wanted = ''] = positionals;
  const chosen = names.filter((file) => file.startsWith(wanted));
  if (chosen.length === 0)
    throw new Error(
      `There is no ${wanted}; there are: ${names.map((file) => file.replace('.spec.ts', '')).join(', ')}`,
    );
  return { ...values, files: chosen.map((file) => join('test/chaos', file)) };
}

/**
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
function run(files, env, signal) {
  return new Promise((resolve, reject) => {
    // One file at a time: what is measured must not be disturbed by the faults of another.
    const args = [join(root, 'scripts/test.mjs'), ...files, '--runInBand', '--verbose'];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
    signal.addEventListener('abort', () => child.kill('SIGTERM'));
  });
}

await main(async (signal) => {
  let options;
  try {
    options = read(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n\n${help}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const { files, seed, minutes } = options;
  const env = {
    ...process.env,
    CHAOS_SCALE: process.env['CHAOS_SCALE'] ?? '1',
    ...(seed && { CHAOS_SEED: seed }),
    ...(minutes && { CHAOS_MINUTES: minutes }),
  };
  return run(files, env, signal);
});
