import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** What belongs to this clone and not to one installation in it. */
export const cloneHome = join(root, '.local');

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} the folder of this installation's data
 */
export const homeFolder = (env = process.env) => resolve(root, env['IDXCOOP_HOME'] || '.local');
