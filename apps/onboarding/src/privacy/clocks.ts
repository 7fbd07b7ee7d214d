import type { PrivacyRequestKind } from '@idxcoop/contracts';

const HOUR_MS = 3_600_000;

/** The rules of a time, as data: a change is a new entry, and what was asked before keeps its day. */
interface Clocks {
  version: string;
  /** Calendar hours, days off included. */
  hours: Readonly<Record<PrivacyRequestKind, number>>;
}

const VERSIONS: readonly Clocks[] = [
  {
    // UU 27/2022: three times 24 hours for correction (30), access (32), withdrawal (40) and restriction (41). The law sets no
    // hour for an erasure (43): 30 days are our own word.
    version: '2022-27',
    hours: { access: 72, correction: 72, withdraw_consent: 72, restriction: 72, erasure: 30 * 24 },
  },
];

/** When a request that came now is due, and by which rules. */
export function dueOf(kind: PrivacyRequestKind, receivedAt: Date): { dueAt: Date; clock: string } {
  const { version, hours } = VERSIONS.at(-1) as Clocks;
  return { dueAt: new Date(receivedAt.getTime() + hours[kind] * HOUR_MS), clock: version };
}
