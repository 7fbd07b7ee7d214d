import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, ownIdentity } from './identity.mjs';

/** @typedef {{ release(): void }} Lock */

export class LockHeld extends Error {
  /** @param {number} pid */
  constructor(pid) {
    super(`already running (pid ${pid})`);
    this.pid = pid;
  }
}

/**
 * A lock is a folder of claims, each named by pid and start time. Who finds no living claim beside its own holds the lock. A dead one's claim is
 * removed by its unique name, so nobody can remove a living one's by mistake, which a single lock file cannot promise.
 * @param {string} folder
 * @param {{ wait?: boolean, onWait?: (pid: number) => void, signal?: AbortSignal }} [options] without wait a held lock throws LockHeld
 * @returns {Promise<Lock>}
 */
export async function takeLock(folder, { wait = false, onWait, signal } = {}) {
  mkdirSync(folder, { recursive: true });
  const { pid, startTime } = ownIdentity();
  const claim = join(folder, `${pid}-${startTime}`);
  const lock = { release: () => rmSync(claim, { force: true }) };
  // Two that claim at the same moment both step back, so a holder is believed only when it is still there after a while.
  const believed = Date.now() + 500;
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const other = holderOf(folder) ?? (write(claim) ? undefined : pid);
    if (other === undefined) {
      const rival = holderOf(folder, claim);
      if (rival === undefined) return lock;
      lock.release();
    } else if (!wait && Date.now() > believed) {
      throw new LockHeld(other);
    } else if (wait && !told && Date.now() > believed) {
      told = true;
      onWait?.(other);
    }
    await pause(20 + Math.random() * 80);
  }
}

/**
 * @param {string} folder
 * @param {string} [own] a claim that does not count
 * @returns {number | undefined} the pid of the living holder
 */
export function holderOf(folder, own) {
  for (const name of claims(folder)) {
    const file = join(folder, name);
    if (file === own) continue;
    const [, pid, startTime] = /^(\d+)-(.+)$/.exec(name) ?? [];
    if (pid && isAlive({ pid: Number(pid), startTime })) return Number(pid);
    rmSync(file, { force: true });
  }
  return undefined;
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
