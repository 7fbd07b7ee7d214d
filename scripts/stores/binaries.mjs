import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

// Daemons are kept in folders that an ordinary user's PATH lacks on Debian.
const daemonFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/opt/homebrew/sbin', '/opt/homebrew/bin'];

/**
 * What one machine needs once, for every clone and every home.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheFolder(env = process.env) {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'idxcoop');
}

/**
 * @param {string} name
 * @param {{ env?: NodeJS.ProcessEnv, cached?: string }} [options] cached: a folder inside our cache that may hold it too
 * @returns {string | undefined}
 */
export function findBinary(name, { env = process.env, cached } = {}) {
  const folders = [...(env['PATH'] ?? '').split(delimiter), ...daemonFolders];
  if (cached) folders.push(join(cacheFolder(env), cached));
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
