import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const begun = '.idxcoop-begun';
const complete = '.idxcoop-complete';

/**
 * Makes a store's data folder, anew where a store was killed while it made its own. A folder that somebody else made is never touched.
 * @param {string} data
 */
export function prepareDataFolder(data) {
  if (existsSync(join(data, complete))) return;
  // What was only begun is half of a store, and nothing in it that anybody relied on.
  if (existsSync(join(data, begun))) rmSync(data, { recursive: true, force: true });
  else if (existsSync(data) && readdirSync(data).length > 0)
    throw new Error(
      `${data} holds data that IDXCOOP did not make: choose another folder with IDXCOOP_HOME, or move this one away.`,
    );
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, begun), '');
}

/** The store has answered: from now on its data is kept. @param {string} data */
export const completeDataFolder = (data) => writeFileSync(join(data, complete), '');
