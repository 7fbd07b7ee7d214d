import { Injectable } from '@nestjs/common';

/**
 * The time of the domain. Tests and seeds may set it: it then stands still until it is moved on. Leases, retries and other
 * machinery take the time of the machine instead, or a standing clock would stop them.
 */
@Injectable()
export class Clock {
  private fixed: number | undefined;

  constructor(private readonly mayBeSet = true) {}

  now(): Date {
    return new Date(this.fixed ?? Date.now());
  }

  /** Makes the clock stand at an instant. */
  set(at: Date | string): void {
    if (!this.mayBeSet) throw new Error('The clock is never set in production');
    const instant = new Date(at).getTime();
    if (Number.isNaN(instant)) throw new Error(`${String(at)} is not an instant`);
    this.fixed = instant;
  }

  /** Moves the clock on; from the present time where it was not set. */
  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Back to the time of the machine. */
  reset(): void {
    this.fixed = undefined;
  }
}
