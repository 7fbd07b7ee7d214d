import { closeOf, type Day, dayIn, startOf } from '../progress/day';
import type { PlanInForce } from '../progress/progress';

/** What a target asks for from a day on. Plans are added, never changed. */
export interface Plan extends PlanInForce {
  version: number;
  /** The first day that it is in force. */
  since: Day;
  /** When it was recorded. */
  knownAt: Date;
  reason: string | null;
  name: string;
  /** An office, not a person. */
  owner: string | null;
  /** Region codes that limit what counts; null for the nation. */
  areas: string[] | null;
  /** What a change names. The rest it takes from the plan that is in force before it; without a list it states everything. */
  stated?: readonly string[];
}

const OWN = ['version', 'since', 'knownAt', 'reason', 'stated'];

/**
 * The plans known at an instant, in the order in which they come into force: the first, which is in force for every day before the
 * second, then by their first day, of one day by when they were recorded. A change that is recorded later but dated earlier goes
 * on into the plans after it with all that these do not state themselves; so a new owner is the owner of a planned value too.
 */
export function plansKnown(plans: readonly Plan[], knownAt: Date): [Plan, ...Plan[]] {
  const first = plans.find(({ version }) => version === 1);
  if (!first) throw new Error('a target has at least one plan');
  const changes = plans
    .filter((plan) => plan.version > 1 && plan.knownAt <= knownAt)
    .sort((a, b) => (a.since === b.since ? a.version - b.version : a.since < b.since ? -1 : 1));
  let before = first;
  return [first, ...changes.map((change) => (before = after(before, change)))];
}

/** The plan in force on a day among those known at an instant; the first, where none was. */
export function planInForce(plans: readonly Plan[], asOf: Day, knownAt: Date): Plan {
  const [first, ...changes] = plansKnown(plans, knownAt);
  return changes.findLast((plan) => plan.since <= asOf) ?? first;
}

function after(before: Plan, change: Plan): Plan {
  if (!change.stated) return change;
  const stated = [...OWN, ...change.stated];
  return { ...before, ...Object.fromEntries(Object.entries(change).filter(([member]) => stated.includes(member))) };
}

/** Whether, standing at an instant, the day has not closed since the plan was changed. */
export function isRebaselined(plan: Plan, asOf: Day, knownAt: Date, zone: string): boolean {
  if (plan.version === 1) return false;
  const close = closeOf(asOf, zone);
  const standing = knownAt < close ? knownAt : close;
  const start = startOf(plan.since, zone);
  const changed = plan.knownAt > start ? plan.knownAt : start;
  return changed <= standing && standing < closeOf(dayIn(zone, changed), zone);
}
