import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTimeOf } from './identity.mjs';
import { clearLeftovers } from './leftovers.mjs';

describe(clearLeftovers.name, () => {
  let folder: string;
  let victim: ChildProcess;
  /** A home of a run that is dead, with the record of a process that lives. */
  const home = (name: string) => {
    const path = join(folder, name);
    mkdirSync(join(path, 'processes'), { recursive: true });
    const pid = victim.pid as number;
    writeFileSync(join(path, 'processes/redis.json'), JSON.stringify({ pid, startTime: startTimeOf(pid) }));
    return path;
  };
  const isVictimAlive = () => startTimeOf(victim.pid as number) !== undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'leftovers-'));
    victim = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' });
  });
  afterEach(() => {
    victim.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('ends and clears what a killed run of ours has left', async () => {
    const ours = home('idxcoop-test-1-dead');
    await clearLeftovers(folder, () => undefined);
    expect(isVictimAlive()).toBe(false);
    expect(existsSync(ours)).toBe(false);
  });

  it('follows no link', async () => {
    symlinkSync(home('elsewhere'), join(folder, 'idxcoop-test-1-dead'));
    await clearLeftovers(folder, () => undefined);
    expect(isVictimAlive()).toBe(true);
  });

  // Only root can give a folder away.
  (process.getuid?.() === 0 ? it : it.skip)("leaves another user's folder alone", async () => {
    const theirs = home('idxcoop-test-1-dead');
    chownSync(theirs, 54_321, 54_321);
    await clearLeftovers(folder, () => undefined);
    expect(isVictimAlive()).toBe(true);
    expect(existsSync(theirs)).toBe(true);
  });
});
