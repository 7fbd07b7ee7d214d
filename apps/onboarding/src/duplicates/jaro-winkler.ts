/** Winkler's share of the gap to 1 for each of the first four letters that are the same. */
const PREFIX_SHARE = 0.1;
const PREFIX_LENGTH = 4;

/** How alike two short texts are, from 0 to 1: letters in common near the same place, fewer swaps, a common beginning. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const inA: string[] = [];
  for (let at = 0; at < a.length; at += 1) {
    const end = Math.min(b.length, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < end; other += 1) {
      if (taken[other] || a[at] !== b[other]) continue;
      taken[other] = 1;
      inA.push(a[at] as string);
      break;
    }
  }
  const matches = inA.length;
  if (matches === 0) return 0;
  const inB = [...b].filter((_letter, at) => taken[at]);
  const swaps = inA.filter((letter, at) => letter !== inB[at]).length / 2;
  const jaro = (matches / a.length + matches / b.length + (matches - swaps) / matches) / 3;
  let prefix = 0;
  while (prefix < PREFIX_LENGTH && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_SHARE * (1 - jaro);
}
