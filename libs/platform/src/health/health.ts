import { Injectable } from '@nestjs/common';
import type { Role } from '../config-values';
import { within } from '../within';

const PATIENCE = 2_500;

export interface HealthReport {
  status: 'ok' | 'unavailable';
  missing: string[];
}

/** What the roles of this process need to do their work. */
@Injectable()
export class Health {
  private readonly checks: { name: string; roles: readonly Role[]; check: () => Promise<void> | void }[] = [];
  private stopping = false;

  constructor(private readonly active: ReadonlySet<Role>) {}

  /** Makes a role need something: its check throws while that is away. */
  require(name: string, roles: readonly Role[], check: () => Promise<void> | void): void {
    this.checks.push({ name, roles, check });
  }

  /** From here on this process is not ready, so that nobody sends it more work. */
  stop(): void {
    this.stopping = true;
  }

  /** Whether all of it is there now, and what is missing. */
  async report(): Promise<HealthReport> {
    const needed = this.checks.filter(({ roles }) => roles.some((role) => this.active.has(role)));
    const outcomes = await Promise.all(needed.map(async ({ name, check }) => ((await holds(check)) ? [] : [name])));
    const missing = [...new Set([...(this.stopping ? ['shutting_down'] : []), ...outcomes.flat()])];
    return { status: missing.length === 0 ? 'ok' : 'unavailable', missing };
  }
}

async function holds(check: () => Promise<void> | void): Promise<boolean> {
  try {
    await within(PATIENCE, Promise.resolve().then(check));
    return true;
  } catch {
    return false;
  }
}
