import { type Language, say, type Text } from '@idxcoop/platform';
import { dayIn } from '../progress/day';
import { type Plan, planInForce, plansKnown } from './plan';
import type { Target } from './target.schema';

/** What a target counts, as its answers name it. */
export interface IndicatorName {
  key: string;
  version: number;
  definition: string | Text;
  unit: string;
  source: string | Text;
}

/** A target under one of its plans, as the progress answer carries it. */
export function targetView(target: Target, plan: Plan, indicator: IndicatorName, language: Language) {
  return {
    key: target.key,
    name: plan.name,
    value: plan.value,
    deadline: plan.deadline,
    timeZone: target.timeZone,
    baseline: plan.baseline,
    owner: plan.owner,
    indicator: {
      key: indicator.key,
      version: indicator.version,
      definition: say(indicator.definition, language),
      unit: indicator.unit,
      source: say(indicator.source, language),
    },
  };
}

/** The target itself, under the plan that is in force today, with every plan that it has in the order of their days. */
export function targetResource(target: Target, indicator: IndicatorName, language: Language, now: Date) {
  const plan = planInForce(target.plans, dayIn(target.timeZone, now), now);
  return {
    id: target._id,
    ...targetView(target, plan, indicator, language),
    eligible: plan.eligible,
    areas: plan.areas,
    milestones: plan.milestones ? [...plan.milestones] : null,
    paused: plan.paused,
    plan: { version: plan.version, since: plan.since, reason: plan.reason },
    plans: plansKnown(target.plans, now).map(planView),
    createdAt: target.createdAt.toISOString(),
  };
}

/** A plan as it is read beside the others. */
export function planView(plan: Plan) {
  return {
    version: plan.version,
    since: plan.since,
    knownAt: plan.knownAt.toISOString(),
    reason: plan.reason,
    name: plan.name,
    value: plan.value,
    deadline: plan.deadline,
    baseline: plan.baseline,
    owner: plan.owner,
    eligible: plan.eligible,
    areas: plan.areas,
    milestones: plan.milestones ? [...plan.milestones] : null,
    paused: plan.paused,
  };
}
