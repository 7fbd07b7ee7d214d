import { say } from './progress.mjs';
import { isAlive, parentOf, startTimeOf } from './stores/identity.mjs';

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export class Interrupted extends Error {
  /** @param {NodeJS.Signals} by */
  constructor(by) {
    super(`interrupted by ${by}`);
    this.by = by;
  }
}

/**
 * The first Ctrl-C asks to stop in order, the second one ends everything at once (see the exit handler of stores/process.mjs).
 * @returns {AbortSignal}
 */
export function interruption() {
  const controller = new AbortController();
  // A terminal that was closed must not end us in the middle of stopping.
  process.stderr.on('error', () => undefined);
  let asked = 0;
  for (const name of signals) {
    process.on(name, () => {
      // npm passes on what the terminal has sent us already: that is not a second wish.
      if (controller.signal.aborted && Date.now() - asked > 1000) process.exit(130);
      if (controller.signal.aborted) return;
      asked = Date.now();
      say('stopping (again to stop at once)');
      controller.abort(new Interrupted(name));
    });
  }
  watchNpm(controller);
  return controller.signal;
}

/**
 * npm that is killed cannot pass that on, and we would stay behind with everything that we started.
 * @param {AbortController} controller
 */
function watchNpm(controller) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const watched = [process.ppid];
  // Some shells replace themselves by the command, others stay between npm and us.
  const parent = parentOf(process.ppid);
  if (parent && /sh$/.test(parent.name)) watched.push(parent.pid);
  const identities = watched.map((pid) => ({ pid, startTime: startTimeOf(pid) ?? '' }));
  const look = () => {
    if (controller.signal.aborted || identities.every(isAlive)) return;
    say('npm has ended: stopping');
    controller.abort(new Interrupted('SIGHUP'));
  };
  setInterval(look, 500).unref();
}

/**
 * Runs a command to its exit code. What went wrong is one sentence; a stack is for defects.
 * @param {(signal: AbortSignal) => Promise<number>} command
 */
export async function main(command) {
  const signal = interruption();
  try {
    process.exitCode = await command(signal);
  } catch (error) {
    const { message, stack } = /** @type {Error} */ (error);
    if (error !== signal.reason) say(process.env['DEBUG'] ? `${stack}` : message);
    if (signal.aborted) process.exitCode = signal.reason.by === 'SIGINT' ? 130 : 143;
    else process.exitCode = 1;
  }
  process.exit();
}
