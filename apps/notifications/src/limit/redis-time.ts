/** For so long an answer says something of the two clocks: they hardly part in that time. */
const FRESH = 5_000;
/** More than this is no delay of an answer but a clock that was set. */
const MOST = 50;

/**
 * The clock of Redis, seen from the clock of this process. Each answer bounds the difference from both sides, by when the question
 * left and when the answer was read; of the last ones the tightest count, so that one slow answer costs nothing.
 */
export class RedisTime {
  private told: { at: number; atLeast: number; atMost: number }[] = [];

  /** Redis looked at its clock between two moments of ours. */
  learn(sent: number, redis: number, received: number): void {
    this.told = this.told.filter(({ at }) => at > received - FRESH);
    this.told.push({ at: received, atLeast: redis - received, atMost: redis - sent });
  }

  /** From which moment of ours on it is surely this late there: as the last answer says it, or a little sooner. */
  reached(redis: number): number {
    const last = this.told.at(-1)?.atLeast ?? 0;
    return redis - Math.min(last + MOST, Math.max(...this.told.map(({ atLeast }) => atLeast)));
  }

  /** How late it was there at most, at a moment of ours. */
  atMost(local: number): number {
    return local + Math.min(...this.told.map(({ atMost }) => atMost));
  }
}
