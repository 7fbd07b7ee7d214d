import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isAlive, isOurs, mark, markedProcesses, startTimeOf } from './identity.mjs';
import { poll } from './poll.mjs';

/**
 * @typedef {import('./identity.mjs').Identity} Identity
 * @typedef {Identity & { name: string, exited: Promise<{ code: number | null, signal: NodeJS.Signals | null }> }} Launched
 */

const largestLog = 10 * 1024 * 1024;

/** What this process has launched and not yet stopped. @type {Map<string, { home: string, name: string }>} */
const launched = new Map();

/** @param {string} home @param {string} name */
const recordOf = (home, name) => join(home, 'processes', `${name}.json`);

/** @param {string} home @param {string} name */
export const logOf = (home, name) => join(home, 'logs', `${name}.log`);

/**
 * Starts a program in a process group of its own, so that the terminal's Ctrl-C reaches us alone and we stop things in order.
 * @param {{ home: string, name: string, command: string, args?: string[], env: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns {Launched}
 */
export function launch({ home, name, command, args = [], env, cwd = home }) {
  const file = openLog(home, name);
  const child = spawn(command, args, {
    cwd,
    env: { ...env, ...mark(home, name) },
    detached: true,
    stdio: ['ignore', file, file],
  });
  /** @type {Launched['exited']} */
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  const identity = { pid: child.pid ?? 0, startTime: child.pid ? (startTimeOf(child.pid) ?? '') : '' };
  if (child.pid) record(home, name, identity);
  closeSync(file);
  launched.set(recordOf(home, name), { home, name });
  return { ...identity, name, exited };
}

/** @param {string} home @param {string} name */
function openLog(home, name) {
  mkdirSync(join(home, 'logs'), { recursive: true });
  const path = logOf(home, name);
  if (existsSync(path) && statSync(path).size > largestLog) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

/** @param {string} home @param {string} name @param {Identity} identity */
function record(home, name, identity) {
  mkdirSync(join(home, 'processes'), { recursive: true });
  const path = recordOf(home, name);
  writeFileSync(`${path}.new`, `${JSON.stringify(identity)}\n`);
  renameSync(`${path}.new`, path);
}

/**
 * @param {string} home
 * @param {string} name
 * @returns {Identity[]} the launched process and what it started itself, as far as they live
 */
export function livingProcesses(home, name) {
  const found = new Map(markedProcesses(home, name).map((identity) => [identity.pid, identity]));
  try {
    const leader = JSON.parse(readFileSync(recordOf(home, name), 'utf8'));
    if (isAlive(leader) && isOurs(recordOf(home, name))) found.set(leader.pid, leader);
  } catch {
    // No record, or half of one: the marks tell.
  }
  return [...found.values()];
}

/**
 * Ends a launched process, and whatever it has started, also when an earlier run of ours launched it.
 * @param {string} home
 * @param {string} name
 * @param {{ patience?: number, ask?: (living: Identity[]) => Identity[] }} [options] patience in milliseconds between SIGTERM and SIGKILL, 0 for
 *   SIGKILL at once; ask chooses who gets the SIGTERM
 * @returns {Promise<boolean>} whether anything was alive
 */
export async function end(home, name, { patience = 10_000, ask = (living) => living } = {}) {
  const living = livingProcesses(home, name);
  if (living.length > 0 && patience > 0) {
    const asked = ask(living);
    for (const { pid } of asked) send(pid, 'SIGTERM');
    const gone = () => !asked.some(isAlive);
    await poll(gone, { deadline: patience, what: `stop of ${name}` }).catch(() => undefined);
  }
  // A dying process may still have started another one between the look and the kill, so look again until nobody is left.
  await poll(() => killAll(home, name) === 0, { deadline: 10_000, what: `end of ${name}` });
  launched.delete(recordOf(home, name));
  rmSync(recordOf(home, name), { force: true });
  return living.length > 0;
}

/**
 * @param {string} home
 * @param {{ patience?: number }} [options]
 */
export async function endEverything(home, options = { patience: 0 }) {
  if (!existsSync(join(home, 'processes'))) return;
  const records = readdirSync(join(home, 'processes')).filter((file) => file.endsWith('.json'));
  await Promise.all(records.map((file) => end(home, file.slice(0, -'.json'.length), options)));
}

/** @param {string} home @param {string} name @returns {number} how many were still there */
function killAll(home, name) {
  const living = livingProcesses(home, name);
  for (const { pid } of living) send(pid, 'SIGKILL');
  return living.length;
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime.
  }
}

// However this process ends, short of SIGKILL, nothing of it stays.
process.on('exit', () => {
  for (const { home, name } of launched.values()) killAll(home, name);
});
