const KEPT = 100;
const ENOUGH = 20;
const SHARE = 0.75;

/** How long the provider of a line takes to answer. */
export class Latencies {
  private readonly last: number[] = [];

  add(milliseconds: number): void {
    if (this.last.push(milliseconds) > KEPT) this.last.shift();
  }

  /** What three of four answers do not exceed; undefined before enough was seen. */
  usual(): number | undefined {
    if (this.last.length < ENOUGH) return undefined;
    return [...this.last].sort((a, b) => a - b)[Math.floor(this.last.length * SHARE)];
  }
}
