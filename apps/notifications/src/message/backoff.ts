const FIRST = 1_000;
const LONGEST = 15 * 60_000;

/** Milliseconds to the next attempt: doubling, with up to half of it at random, so that what failed together comes apart. */
export function backoff(attempt: number, longest = LONGEST, random = Math.random): number {
  const full = Math.min(FIRST * 2 ** Math.max(0, attempt - 1), longest);
  return Math.round(full / 2 + (full / 2) * random());
}
