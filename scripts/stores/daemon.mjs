import { join } from 'node:path';
import { logSize, logTail } from './command.mjs';
import { completeDataFolder, prepareDataFolder } from './data-folder.mjs';
import { poll } from './poll.mjs';
import { end, launch, logOf } from './process.mjs';

/**
 * @typedef {object} Preparation
 * @property {number[]} ports
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 */

const readyWithin = 90_000;
const portTaken = /address.{0,20}in use|eaddrinuse|already_used|already in use|Errno 98/i;

/**
 * Starts a store on its own data folder and waits until it answers. Somebody may take a free port before the store does: then others are tried.
 * @param {object} options
 * @param {string} options.home
 * @param {string} options.name
 * @param {string} options.folder of the data, inside home
 * @param {(data: string) => Promise<Preparation>} options.prepare
 * @param {(ports: number[]) => Promise<unknown>} options.isReady
 * @param {(line: string) => void} options.log
 * @param {AbortSignal | undefined} options.signal
 * @returns {Promise<{ ports: number[], env: NodeJS.ProcessEnv }>}
 */
export async function startDaemon({ home, name, folder, prepare, isReady, log, signal }) {
  const data = join(home, folder);
  prepareDataFolder(data);
  for (let attempt = 1; ; attempt += 1) {
    const { ports, command, args, env } = await prepare(data);
    const from = logSize(home, name);
    const child = launch({ home, name, command, args, env });
    /** @type {string | undefined} */
    let died;
    void child.exited.then(({ code, signal: by }) => {
      died = `${by ?? code}`;
    });
    try {
      await poll(async () => died !== undefined || (await isReady(ports)), {
        deadline: readyWithin,
        what: `${name} to be ready (log ${logOf(home, name)})`,
        signal,
      });
      if (died === undefined) {
        completeDataFolder(data);
        return { ports, env };
      }
    } catch (error) {
      await end(home, name, { patience: 0 });
      throw error;
    }
    await end(home, name, { patience: 0 });
    const tail = logTail(home, name, from);
    if (attempt === 3 || !portTaken.test(tail))
      throw new Error(`${name} ended at its start (${died}), log ${logOf(home, name)}\n${tail}`);
    log(`  ${name}: a port was taken meanwhile, trying others`);
  }
}
