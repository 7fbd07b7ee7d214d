import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { run } from './command.mjs';
import { takeLock } from './lock.mjs';
import { end } from './process.mjs';

const version = '8.0.4';
const name = 'mongod-download';
const firstByteWithin = 5000;

const program = `
const { MongoBinary } = require(process.argv[1]);
const folder = process.argv[2];
MongoBinary.getPath({ version: '${version}', downloadDir: folder }).then((path) => {
  // A system that lacks its libraries can load it and not run it.
  require('node:child_process').execFileSync(path, ['--version']);
  require('node:fs').renameSync(path, folder + '/mongod');
});
`;

/**
 * @param {string} folder
 * @param {{ log: (line: string) => void, signal?: AbortSignal }} surroundings
 * @returns {Promise<string | undefined>} the binary; undefined where the download cannot be reached
 */
export async function downloadMongod(folder, { log, signal }) {
  const library = downloader();
  if (library === undefined) return undefined;
  const home = join(folder, '..');
  const lock = await takeLock(join(home, 'locks', 'mongod'), { wait: true, signal });
  const binary = join(folder, 'mongod');
  const silence = new AbortController();
  const giveUp = setTimeout(() => bytesIn(folder) === 0 && silence.abort(), firstByteWithin);
  try {
    if (existsSync(binary)) return binary;
    await end(home, name, { patience: 0 });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const both = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
    const env = { ...process.env, MONGOMS_DOWNLOAD_DIR: folder };
    await run({
      home,
      name,
      command: process.execPath,
      args: ['-e', program, library, folder],
      env,
      log,
      signal: both,
    });
    return binary;
  } catch {
    signal?.throwIfAborted();
    log('  mongo: MongoDB cannot be downloaded from here, taking the stand-in');
    return undefined;
  } finally {
    clearTimeout(giveUp);
    lock.release();
  }
}

/** @returns {string | undefined} */
function downloader() {
  try {
    return createRequire(import.meta.url).resolve('mongodb-memory-server-core');
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function bytesIn(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .filter((file) => !basename(file).endsWith('.lock'))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
