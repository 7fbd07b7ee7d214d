/** A share of a whole, by its weight. */
export interface Share {
  code: string;
  value: number;
}

/**
 * Divides a whole number by weights so that the parts add up to it: each gets the whole part of its share, and what is left goes
 * one by one to the largest remainders; of equal ones to the heavier, then to the lower code.
 */
export function largestRemainder(whole: number, weights: readonly { code: string; weight: number }[]): Share[] {
  const total = BigInt(weights.reduce((sum, { weight }) => sum + weight, 0));
  const parts = weights.map(({ code, weight }) => {
    const share = BigInt(whole) * BigInt(weight);
    return { code, weight, value: Number(share / total), remainder: share % total };
  });
  const left = whole - parts.reduce((sum, { value }) => sum + value, 0);
  const byRemainder = [...parts].sort((a, b) => {
    if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
    return b.weight - a.weight || (a.code < b.code ? -1 : 1);
  });
  for (const part of byRemainder.slice(0, left)) part.value += 1;
  return parts.map(({ code, value }) => ({ code, value }));
}
