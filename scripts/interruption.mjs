import { say } from './progress.mjs';

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
  for (const name of signals) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      say('stopping (again to stop at once)');
      controller.abort(new Interrupted(name));
    });
  }
  watchParent(controller);
  return controller.signal;
}

/**
 * npm that is killed cannot pass the kill on, and we would stay behind with everything that we started.
 * @param {AbortController} controller
 */
function watchParent(controller) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !controller.signal.aborted) controller.abort(new Interrupted('SIGHUP'));
  }, 1000).unref();
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
