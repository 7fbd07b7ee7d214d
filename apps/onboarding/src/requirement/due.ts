import { DateTime } from 'luxon';
import type { Cooperative } from '../cooperative/cooperative.schema';
import type { Rule } from './rules';

export interface DueTime {
  dueOn: string | null;
  dueAt: Date | null;
}

const NEVER: DueTime = { dueOn: null, dueAt: null };

/** When a requirement of a cooperative is due; a later day that an officer gave stands before that of the rule. */
export function dueOf(
  { due }: Rule,
  period: string,
  cooperative: Cooperative,
  timeZone: string,
  given?: string,
): DueTime {
  const byRule = ruleDue(due, period, cooperative, timeZone);
  return given && given > (byRule.dueOn ?? '') ? closeOf(given, timeZone) : byRule;
}

function ruleDue(due: Rule['due'], period: string, cooperative: Cooperative, timeZone: string): DueTime {
  if (!due) return NEVER;
  if (due.after === 'book_year') return closeOf(`${Number(period) + 1}-${due.monthDay}`, timeZone);
  if (due.origins && !due.origins.includes(cooperative.origin)) return NEVER;
  const since = sinceOf(due.after, cooperative);
  if (!since) return NEVER;
  // Fourteen days after a sign-up are counted to the minute: then it lapses.
  if (due.after === 'sign_up') {
    const dueAt = new Date(since.getTime() + due.days * 86_400_000);
    return { dueOn: DateTime.fromJSDate(dueAt, { zone: timeZone }).toFormat('yyyy-MM-dd'), dueAt };
  }
  const day = DateTime.fromJSDate(since, { zone: timeZone }).plus({ days: due.days }).toFormat('yyyy-MM-dd');
  return closeOf(day, timeZone);
}

/** From when on somebody can be asked: the sign-up, or the day on which an imported cooperative found its people. */
export function startOf({ origin, createdAt, contactVerifiedAt }: Cooperative): Date | null {
  return origin === 'import' ? (contactVerifiedAt ?? null) : createdAt;
}

function sinceOf(after: 'sign_up' | 'start' | 'verification', cooperative: Cooperative): Date | null {
  if (after === 'sign_up') return cooperative.createdAt;
  const start = startOf(cooperative);
  if (after === 'start' || !start) return start;
  if (cooperative.registration !== 'verified') return null;
  const verified = cooperative.registrationHistory.findLast(({ state }) => state === 'verified')?.recordedAt;
  return verified && verified > start ? verified : start;
}

function closeOf(day: string, timeZone: string): DueTime {
  return { dueOn: day, dueAt: DateTime.fromISO(day, { zone: timeZone }).endOf('day').toJSDate() };
}
