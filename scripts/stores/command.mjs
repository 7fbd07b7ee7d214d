import { existsSync, readFileSync, statSync } from 'node:fs';
import { end, launch, logOf } from './process.mjs';

const progressEvery = 10_000;

/**
 * Runs a program to its end. What it prints goes to a log; every ten seconds its last line is told.
 * @param {object} options
 * @param {string} options.home where its record and log are kept
 * @param {string} options.name
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(line: string) => void} options.log
 * @param {AbortSignal} [options.signal]
 * @param {boolean} [options.stoppable] false for a package manager, which must not be torn away from its database
 */
export async function run({ home, name, command, args, cwd, env = process.env, log, signal, stoppable = true }) {
  signal?.throwIfAborted();
  // A killed run may have left this very program at work on the same files.
  await end(home, name, { patience: stoppable ? 2000 : 600_000 });
  const from = logSize(home, name);
  const started = Date.now();
  const child = launch({ home, name, command, args, env, cwd });
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    log(`  ${name}: ${seconds} s  ${logTail(home, name, from, 1)}`.trimEnd());
  }, progressEvery);
  const abort = () => void (stoppable && end(home, name, { patience: 5000 }));
  signal?.addEventListener('abort', abort);
  try {
    const { code } = await child.exited;
    signal?.throwIfAborted();
    if (code !== 0)
      throw new Error(
        `${command} ${args.join(' ')} failed (${code}), log ${logOf(home, name)}\n${logTail(home, name, from)}`,
      );
  } finally {
    clearInterval(progress);
    signal?.removeEventListener('abort', abort);
    await end(home, name, { patience: 0 });
  }
}

/** @param {string} home @param {string} name */
export function logSize(home, name) {
  const path = logOf(home, name);
  return existsSync(path) && statSync(path).size <= 10 * 1024 * 1024 ? statSync(path).size : 0;
}

/**
 * @param {string} home
 * @param {string} name
 * @param {number} from bytes of earlier runs to leave out
 * @param {number} [lines]
 */
export function logTail(home, name, from, lines = 15) {
  const path = logOf(home, name);
  if (!existsSync(path)) return '';
  const text = readFileSync(path).subarray(from).toString().replaceAll('\r', '\n');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .join('\n');
}
