import { setTimeout as pause } from 'node:timers/promises';

/** Tries an assertion again until it holds, and lets its own failure out when the deadline has passed. */
export async function eventually<T>(assertion: () => T | Promise<T>, deadlineMs = 10_000): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 100)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await pause(wait);
  }
}
