export type RefusalCode = 'rate_limited' | 'pair_limited' | 'daily_budget' | 'limits_unavailable';

/** A limit lets a message wait, and says for how long. */
export class Refusal {
  constructor(
    readonly code: RefusalCode,
    readonly afterMs: number,
  ) {}
}

/** Up to twice as long, so that those who were refused together come back one by one. */
export function spread(milliseconds: number): number {
  return Math.round(milliseconds * (1 + Math.random()));
}
