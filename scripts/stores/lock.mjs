import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, ownIdentity } from './identity.mjs';

/**
 * @typedef {object} Lock
 * @property {() => void} leave tells that the release is near, so that others wait instead of giving up
 * @property {() => void} release
 *
 * @typedef {{ pid: number, leaving: boolean }} Holder
 */

export class LockHeld extends Error {
  /** @param {number} pid */
  constructor(pid) {
    super(`already running (pid ${pid})`);
    this.pid = pid;
  }
}

const leavingMark = 'leaving';

/**
 * A lock is a folder of claims, each named by pid and start time. Who finds no living claim beside its own holds the
 * lock. A dead one's claim is removed by its unique name, so nobody can remove a living one's by mistake, which a
 * single lock file cannot promise.
 * @param {string} folder
 * @param {object} [options]
 * @param {boolean} [options.wait] without it a lock whose holder stays throws LockHeld
 * @param {(pid: number) => void} [options.onWait]
 * @param {AbortSignal} [options.signal] its abort also means that we are about to leave
 * @returns {Promise<Lock>}
 */
export async function takeLock(folder, { wait = false, onWait, signal } = {}) {
  mkdirSync(folder, { recursive: true });
  const { pid, startTime } = ownIdentity();
  const claim = join(folder, `${pid}-${startTime}`);
  let held = true;
  const leave = () => held && writeFileSync(claim, leavingMark);
  const release = () => {
    held = false;
    rmSync(claim, { force: true });
  };
  // Two that claim at the same moment both step back, so a holder is believed only when it is still there after a while.
  const believed = Date.now() + 500;
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const other = holderOf(folder) ?? (write(claim) ? undefined : { pid, leaving: false });
    if (other === undefined) {
      if (holderOf(folder, claim) === undefined) break;
      rmSync(claim, { force: true });
    } else if (Date.now() > believed) {
      if (!wait && !other.leaving) throw new LockHeld(other.pid);
      if (!told) onWait?.(other.pid);
      told = true;
    }
    await pause(20 + Math.random() * 80);
  }
  signal?.addEventListener('abort', leave);
  return { leave, release };
}

/**
 * @param {string} folder
 * @param {string} [own] a claim that does not count
 * @returns {Holder | undefined} the living holder
 */
export function holderOf(folder, own) {
  for (const name of claims(folder)) {
    const file = join(folder, name);
    if (file === own) continue;
    const [, pid, startTime] = /^(\d+)-(.+)$/.exec(name) ?? [];
    if (pid && isAlive({ pid: Number(pid), startTime })) return { pid: Number(pid), leaving: isLeaving(file) };
    rmSync(file, { force: true });
  }
  return undefined;
}

/** @param {string} claim */
function isLeaving(claim) {
  try {
    return readFileSync(claim, 'utf8') === leavingMark;
  } catch {
    return true;
  }
}

/** @param {string} folder */
function claims(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {string} claim @returns {boolean} false when this process has claimed already */
function write(claim) {
  try {
    writeFileSync(claim, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}
