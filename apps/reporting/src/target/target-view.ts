import { type Language, say, type Text } from '@idxcoop/platform';
import { currentPlan, type Target } from './target.schema';
import type { Plan } from './plan';

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

/** The target itself, under the plan that was recorded last. */
export function targetResource(target: Target, indicator: IndicatorName, language: Language) {
  const plan = currentPlan(target);
  return {
    id: target._id,
    ...targetView(target, plan, indicator, language),
    eligible: plan.eligible,
    areas: plan.areas,
    milestones: plan.milestones ?? null,
    paused: plan.paused,
    plan: { version: plan.version, since: plan.since, reason: plan.reason },
    createdAt: target.createdAt.toISOString(),
  };
}
