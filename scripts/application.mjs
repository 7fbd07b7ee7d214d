import { join } from 'node:path';
import { followLog } from './log-follower.mjs';
import { root } from './root.mjs';
import { poll } from './stores/poll.mjs';
import { end, launch, logOf } from './stores/process.mjs';

const name = 'application';
const readyWithin = 90_000;
// The application itself gives its work up at a deadline; this one is for an application that hangs.
const stopWithin = 40_000;

/**
 * @typedef {object} Application
 * @property {Promise<number>} exited the exit code
 * @property {() => boolean} isOver
 * @property {() => Promise<unknown>} stop
 */

/**
 * Ends the application that a killed start has left behind.
 * @param {string} home
 */
export const clearApplication = (home) => end(home, name, { patience: 3000 });

/**
 * @param {{ home: string, url: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {Promise<Application>} as soon as it is ready, or has ended
 */
export async function startApplication({ home, url, env, signal }) {
  const unfollow = followLog(logOf(home, name));
  const child = launch({
    home,
    name,
    command: process.execPath,
    args: ['--enable-source-maps', join(root, 'dist/apps/standalone/src/main.js')],
    env,
    cwd: root,
  });
  let over = false;
  const exited = child.exited.then(({ code }) => {
    over = true;
    unfollow();
    return code ?? 1;
  });
  const stop = () => end(home, name, { patience: stopWithin });
  let last = 'no answer';
  try {
    const isReady = async () => over || (last = await readiness(url)) === 'ready';
    await poll(isReady, { deadline: readyWithin, what: 'ready application', every: 100, signal });
  } catch (error) {
    await stop();
    throw signal.aborted ? error : new Error(`The application is not ready after ${readyWithin / 1000} s: ${last}`);
  }
  if (over) {
    await stop();
    throw new Error(`The application ended while it started: see ${logOf(home, name)}`);
  }
  return { exited, isOver: () => over, stop };
}

/** @param {string} url @returns {Promise<string>} ready, or what is missing */
async function readiness(url) {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) });
    const body = await response.text();
    return response.ok ? 'ready' : `${response.status} ${body}`;
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}
