import { DateTime } from 'luxon';
import type { Cooperative } from '../cooperative/cooperative.schema';
import type { Reason } from '../review/review-case.schema';
import { bookYearsOf } from './book-years';
import { dueOf } from './due';
import { GIVEN, sourceOf } from './given';
import type { Blocked, RequirementKey, RequirementState } from './keys';
import type { Requirement } from './requirement.schema';
import { appliesTo, type Rule, type RuleSet, ruleSetOn } from './rules';

/** What is kept of a requirement, as far as its state follows from it. */
export type Kept = Pick<Requirement, 'key' | 'period' | 'decision' | 'reasons' | 'evidence' | 'dueOn'>;

/** A requirement of a cooperative as it stands at a moment. */
export interface RequirementItem {
  key: RequirementKey;
  /** The book year of one that recurs, else empty. */
  period: string;
  state: RequirementState;
  /** The last day on which it is in time, in the zone of the cooperative, and the instant at which it ends. */
  dueOn: string | null;
  dueAt: Date | null;
  source: string | null;
  evidence: string[];
  reasons: Reason[];
  blocks: readonly Blocked[];
  ruleVersion: string;
}

/** The moment for which requirements are asked. */
export interface Moment {
  at: Date;
  /** Of the cooperative's region. */
  timeZone: string;
}

/** Everything that is asked of a cooperative at a moment: from the rules, from what it said, and from what was decided. */
export function assess(
  cooperative: Cooperative,
  kept: readonly Kept[],
  moment: Moment,
  sets?: readonly RuleSet[],
): RequirementItem[] {
  const today = dayIn(moment.at, moment.timeZone);
  const { version, rules } = ruleSetOn(today, sets);
  return rules
    .filter((rule) => appliesTo(rule, cooperative, today))
    .flatMap((rule) => {
      const keptOf = (period: string) => kept.find((row) => row.key === rule.key && row.period === period);
      const item = (period: string) => itemOf(rule, version, period, cooperative, keptOf(period), moment);
      if (rule.due?.after !== 'book_year') return [item('')];
      const { closed, open } = bookYearsOf(cooperative, rule.due.monthDay, moment);
      const items = closed.map(item);
      const isSettled = items.every(({ state }) => state === 'satisfied' || state === 'waived');
      return isSettled ? [...items, item(open)] : items;
    });
}

function itemOf(
  rule: Rule,
  ruleVersion: string,
  period: string,
  cooperative: Cooperative,
  kept: Kept | undefined,
  moment: Moment,
): RequirementItem {
  const { dueOn, dueAt } = dueOf(rule, period, cooperative, moment.timeZone, kept?.dueOn);
  const state = stateOf(rule, period, cooperative, kept, dueOn, dueAt, moment);
  const { key, blocks } = rule;
  return {
    ...{ key, period, state, blocks, ruleVersion },
    ...(isOpen(state) ? { dueOn, dueAt } : { dueOn: null, dueAt: null }),
    source: GIVEN[key](cooperative, period) ? sourceOf(key, cooperative, period) : null,
    evidence: [...(kept?.evidence ?? [])],
    reasons: state === 'satisfied' ? [] : (kept?.reasons ?? []).map(plain),
  };
}

function stateOf(
  rule: Rule,
  period: string,
  cooperative: Cooperative,
  kept: Kept | undefined,
  dueOn: string | null,
  dueAt: Date | null,
  { at, timeZone }: Moment,
): RequirementState {
  const { key } = rule;
  if (key === 'verifiedContact') return contactState(cooperative);
  if (key === 'application') return applicationState(cooperative);
  const given = GIVEN[key](cooperative, period);
  switch (kept?.decision) {
    case 'waived':
      return 'waived';
    case 'submitted':
      return 'submitted';
    case 'rejected':
      return 'rejected';
    case 'accepted':
      return 'satisfied';
    default:
      if (given && kept?.decision !== 'reopened') return 'satisfied';
  }
  if (!isAsked(cooperative)) return 'not_due';
  if (dueAt && dueAt <= at) return 'past_due';
  if (kept?.decision === 'reopened') return 'currently_due';
  if (!dueOn) return 'eventually_due';
  const opensOn = DateTime.fromISO(dueOn).minus({ days: rule.opensDaysBefore ?? 30 });
  return dayIn(at, timeZone) >= opensOn.toFormat('yyyy-MM-dd') ? 'currently_due' : 'eventually_due';
}

/** Nothing is asked of who left the register or is no more. */
export function isAsked({ registration, entity }: Cooperative): boolean {
  return !['withdrawn', 'lapsed', 'duplicate'].includes(registration) && entity !== 'dissolved' && entity !== 'merged';
}

function contactState({ contactVerifiedAt, registration }: Cooperative): RequirementState {
  if (registration === 'lapsed') return 'past_due';
  if (contactVerifiedAt) return 'satisfied';
  return registration === 'duplicate' ? 'not_due' : 'currently_due';
}

function applicationState({ contactVerifiedAt, registration }: Cooperative): RequirementState {
  switch (registration) {
    case 'submitted':
    case 'in_review':
      return 'pending_verification';
    case 'verified':
      return 'satisfied';
    case 'lapsed':
    case 'duplicate':
      return 'not_due';
    default:
      return contactVerifiedAt ? 'currently_due' : 'eventually_due';
  }
}

/** Whether the cooperative still has something to do about it. */
export function isOpen(state: RequirementState): boolean {
  return state === 'eventually_due' || state === 'currently_due' || state === 'past_due' || state === 'rejected';
}

export function dayIn(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

/** Of a stored reason what is said, and nothing of the store. */
function plain({ requirement, code, note }: Reason): Reason {
  return { requirement, code, ...(note && { note }) };
}
