import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';

/**
 * A pid alone names whoever has the number today; with the start time it names one process for ever.
 * @typedef {{ pid: number, startTime: string }} Identity
 */

const hasProc = existsSync('/proc/self/stat');
const marker = 'IDXCOOP_PROCESS';

/** @returns {string} start times on Linux count from the boot, so two boots must not look alike */
function boot() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  } catch {
    return '0';
  }
}

/**
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process, or only its zombie
 */
export function startTimeOf(pid) {
  try {
    if (!hasProc) {
      const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
      const [, state, started] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
      return started && !state?.startsWith('Z') ? String(Date.parse(started)) : undefined;
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets and may itself hold blanks and brackets: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${fields[19]}.${boot()}`;
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @returns {{ pid: number, name: string } | undefined} the parent's pid, with the name of the process itself
 */
export function parentOf(pid) {
  try {
    const [, name = '', parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return { pid: Number(parent), name };
  } catch {
    return undefined;
  }
}

/** @returns {Identity} */
export function ownIdentity() {
  return { pid: process.pid, startTime: startTimeOf(process.pid) ?? '0' };
}

/**
 * @param {Partial<Identity> | undefined} identity
 * @returns {boolean}
 */
export function isAlive(identity) {
  return identity?.pid !== undefined && identity.pid > 0 && startTimeOf(identity.pid) === identity.startTime;
}

/**
 * @param {string} path
 * @returns {boolean} whether it is there, no link, and belongs to the user who runs this
 */
export function isOurs(path) {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isSymbolicLink() && found.uid === (process.getuid?.() ?? found.uid);
}

/**
 * The environment variable that marks a process as ours, and all that it starts itself: epmd outlives its node and is in nobody's process group.
 * @param {string} home
 * @param {string} name
 * @returns {Record<string, string>}
 */
export function mark(home, name) {
  return { [marker]: `${home}::${name}` };
}

/**
 * @param {string} home
 * @param {string} name
 * @returns {Identity[]} the living processes that carry this mark; none where the system does not show environments
 */
export function markedProcesses(home, name) {
  if (!hasProc) return [];
  const wanted = `${marker}=${home}::${name}`;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => environmentOf(entry).includes(wanted))
    .map((entry) => ({ pid: Number(entry), startTime: startTimeOf(Number(entry)) ?? '' }))
    .filter(({ startTime }) => startTime !== '');
}

/** @param {string} pid */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
