import type { Message } from './message.schema';

const FIRST = 1_000;
const LONGEST = 15 * 60_000;
/** While a person waits in front of a screen. */
const LONGEST_URGENT = 30_000;

/** How far apart the attempts of a message come, whose number says nothing of its own failures: it also grows while it is held. */
export function longestWait({ lane }: Pick<Message, 'lane'>): number {
  return lane === 'urgent' ? LONGEST_URGENT : LONGEST;
}

/** Milliseconds to the next attempt: doubling, with up to half of it at random, so that what failed together comes apart. */
export function backoff(attempt: number, longest = LONGEST, random = Math.random): number {
  const full = Math.min(FIRST * 2 ** Math.max(0, attempt - 1), longest);
  return Math.round(full / 2 + (full / 2) * random());
}
