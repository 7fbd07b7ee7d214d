import { createHash } from 'node:crypto';

/** What is known of a website. It changes only when the world is sure of it: one bad night takes nobody down. */
export type WebsiteState = 'unknown' | 'up' | 'down';

export interface Standing {
  state: WebsiteState;
  /** Checks in a row that found none. */
  failures: number;
  failingSince?: Date | null;
}

const DAY_MS = 86_400_000;
const FAILURES = 3;
const OVER_MS = 7 * DAY_MS;
/** So that the third failure comes seven days after the first, and at another time of day than the second. */
const AGAIN_MS = OVER_MS / 2;
const NIGHT = { startsAt: 15 * 3_600_000, lasts: 7 * 3_600_000 };

/** What a check makes of a standing, and what has come of it, if anything has. */
export function advance(
  { state, failures, failingSince }: Standing,
  isUp: boolean,
  at: Date,
): Standing & { change: 'came_up' | 'went_down' | null } {
  if (isUp) return { state: 'up', failures: 0, failingSince: null, change: state === 'up' ? null : 'came_up' };
  const since = failures > 0 && failingSince ? failingSince : at;
  const next = { failures: failures + 1, failingSince: since };
  const isSure = next.failures >= FAILURES && at.getTime() - since.getTime() >= OVER_MS;
  if (!isSure || state === 'down') return { state, ...next, change: null };
  return { state: 'down', ...next, change: 'went_down' };
}

/**
 * When a website is looked at again. Those that are there have a place in the week of their own, in one of its seven nights
 * (22:00 to 05:00 in Jakarta); doubtful ones come again after three and a half days.
 */
export function nextCheck({ state, failures }: Standing, key: string, at: Date): Date {
  if (failures > 0 && state !== 'down') return new Date(at.getTime() + AGAIN_MS);
  return placeInWeek(key, new Date(at.getTime() + 3 * DAY_MS));
}

/** The first turn of a key from an instant on. */
export function placeInWeek(key: string, from: Date): Date {
  const hash = createHash('sha256').update(key).digest().readUInt32BE(0);
  const place = (hash % 7) * DAY_MS + NIGHT.startsAt + (Math.floor(hash / 7) % (NIGHT.lasts / 1_000)) * 1_000;
  const weeks = Math.ceil((from.getTime() - place) / (7 * DAY_MS));
  return new Date(weeks * 7 * DAY_MS + place);
}

/** The first night turn of a key: for thousands that become known at once. */
export function placeInNight(key: string, from: Date): Date {
  const inWeek = placeInWeek(key, from);
  const nights = Math.floor((inWeek.getTime() - from.getTime()) / DAY_MS);
  return new Date(inWeek.getTime() - nights * DAY_MS);
}
