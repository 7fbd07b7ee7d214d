import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, isOurs } from './identity.mjs';
import { end, endEverything } from './process.mjs';

/** A home names its owner, so that one of a killed run is recognised without a look inside. */
const homeName = /^idxcoop-test-(\d+)-(.+)$/;

/** @param {import('./identity.mjs').Identity} owner */
export const testHomeName = ({ pid, startTime }) => `idxcoop-test-${pid}-${startTime}`;

/**
 * Clears what killed test runs have left: processes, then folders. Anybody may write to a temporary folder: what is not ours names no
 * process to end.
 * @param {string} folder
 * @param {(line: string) => void} log
 */
export async function clearLeftovers(folder, log) {
  for (const name of readdirSync(folder)) {
    const [, pid, startTime] = homeName.exec(name) ?? [];
    const home = join(folder, name);
    if (!pid || isAlive({ pid: Number(pid), startTime }) || !isOurs(home)) continue;
    try {
      await end(home, 'jest', { patience: 0 });
      await endEverything(home);
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
      log(`  cleared what the killed test run ${pid} had left`);
    } catch (error) {
      // Another run is clearing it at this moment.
      log(`  ${home} stays: ${/** @type {Error} */ (error).message}`);
    }
  }
}
