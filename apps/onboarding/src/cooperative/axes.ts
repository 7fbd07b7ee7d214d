export const REGISTRATIONS = [
  'draft',
  'submitted',
  'in_review',
  'verified',
  'rejected',
  'withdrawn',
  'lapsed',
  'duplicate',
] as const;
export type Registration = (typeof REGISTRATIONS)[number];

export const ENTITIES = ['active', 'dormant', 'dissolved', 'merged'] as const;
export type Entity = (typeof ENTITIES)[number];

export type Activity = 'never' | 'active' | 'cooling' | 'silent';

/** Where a registration may go. A rejected or withdrawn one may come back; lapsed and duplicate are ends. */
export const REGISTRATION_MOVES: Readonly<Record<Registration, readonly Registration[]>> = {
  draft: ['submitted', 'verified', 'withdrawn', 'lapsed', 'duplicate'],
  submitted: ['in_review', 'verified', 'rejected', 'withdrawn', 'duplicate'],
  in_review: ['verified', 'rejected', 'withdrawn', 'duplicate'],
  verified: ['withdrawn', 'duplicate'],
  rejected: ['submitted', 'withdrawn', 'duplicate'],
  withdrawn: ['submitted'],
  lapsed: [],
  duplicate: [],
};

/** Registrations that hold their legal number and nikKoperasi against others; a duplicate does so for its survivor. */
export function holdsKeys(registration: Registration): boolean {
  return registration !== 'withdrawn' && registration !== 'lapsed';
}

/** Registrations that may be one with another. */
export function isMatched(registration: Registration): boolean {
  return holdsKeys(registration) && registration !== 'duplicate';
}

const DAY_MS = 86_400_000;
const ACTIVE_DAYS = 30;
export const SILENT_AFTER_DAYS = 90;

/** Activity is never stored: it is what the last sign of life means today. */
export function activityOn(lastSeenAt: Date | null | undefined, now: Date): Activity {
  if (!lastSeenAt) return 'never';
  const days = (now.getTime() - lastSeenAt.getTime()) / DAY_MS;
  if (days <= ACTIVE_DAYS) return 'active';
  return days <= SILENT_AFTER_DAYS ? 'cooling' : 'silent';
}
