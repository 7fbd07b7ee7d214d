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
}

/** The plan in force on a day among those known at an instant: the last recorded; the first plan, where none was. */
export function planInForce(plans: readonly Plan[], asOf: Day, knownAt: Date): Plan {
  const inForce = plans.filter((plan) => plan.knownAt <= knownAt && plan.since <= asOf);
  const plan = inForce.sort((a, b) => b.version - a.version)[0] ?? plans.find(({ version }) => version === 1);
  if (!plan) throw new Error('a target has at least one plan');
  return plan;
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
