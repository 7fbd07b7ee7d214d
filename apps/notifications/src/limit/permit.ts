import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Latencies } from './latencies';
import type { LineLimits } from './line-limits';
import { MARGIN, type Grant, type Places } from './places';

/** A permit was used so late that its places may belong to another; nothing is to leave. */
export class PermitLapsed extends Error {}

/** The right to let one message leave, from its moment on. Its places are taken until the limits have passed since the bytes left. */
export class Permit {
  private leftAt: number | undefined;
  private told: Promise<string | undefined> = Promise.resolve(undefined);

  constructor(
    private readonly limits: LineLimits,
    private readonly grant: Grant,
    private readonly places: Places,
    private readonly latencies: Latencies,
  ) {}

  /** Milliseconds to the moment. */
  get remaining(): number {
    return Math.max(0, this.grant.from - performance.now());
  }

  /** Waits for the moment; throws where it is long past. */
  async moment(): Promise<void> {
    for (let wait = this.remaining; wait > 0; wait = this.remaining) await pause(wait);
    if (performance.now() > this.grant.from + this.limits.validity) throw new PermitLapsed();
  }

  /** To be called as the bytes leave; again where it turns out that they left later. */
  left(): void {
    this.leftAt = performance.now();
    this.tell(0);
  }

  /**
   * The provider has answered. One that took unusually long to answer may have taken as long to look at the message, and
   * counts from there.
   */
  answered(): void {
    if (this.leftAt === undefined) return this.left();
    const took = performance.now() - this.leftAt;
    const usual = this.latencies.usual();
    this.latencies.add(took);
    if (usual !== undefined && took - usual > MARGIN / 2) this.tell(usual);
  }

  /** The provider took nothing: the person was not written to. */
  refused(): void {
    this.answered();
    void this.told.then(async (at) => {
      if (at) await this.places.freePerson(this.limits, this.grant, at).catch(() => {});
    });
  }

  /** Frees what was taken, unless the bytes left. */
  back(): void {
    if (this.leftAt === undefined) void this.places.back(this.limits, this.grant).catch(() => {});
  }

  /** Where Redis does not hear it, the places stay taken for as long as a permit can be used. */
  private tell(agoMs: number): void {
    this.told = this.places.left(this.limits, this.grant, agoMs).catch(() => undefined);
  }
}
