import { type Day, effectiveDay } from '../progress/day';
import { NATIONAL_ZONE } from '../progress/zones';
import type { HeldFacts } from './intervals';
import { decisionOf, FACT, statedDates } from './statement';

/** The funnel, from the easy number to the real one. Each counts those that reached it or a later one. */
export const STAGES = ['registered', 'contactVerified', 'submitted', 'verified', 'active'] as const;
export type Stage = (typeof STAGES)[number];

/** No fact of activity exists yet, so no cooperative is active; its events join here. */
const REACHED_BY: Readonly<Record<Stage, readonly string[]>> = {
  registered: [FACT.registered, FACT.imported],
  contactVerified: [FACT.contactVerified],
  submitted: [FACT.submitted],
  verified: [FACT.verified],
  active: [],
};

/** When a stage was reached and, where the record was found to be a duplicate, since when it counts no more. */
export interface StageInterval {
  stage: Stage;
  from: Day;
  to: Day | null;
}

/** The stages that a cooperative reached. A record that is a duplicate leaves the funnel, and the survivor carries its stages on. */
export function stagesOf(facts: HeldFacts): StageInterval[] {
  const decision = decisionOf(facts.own);
  const to = decision ? dayOf(decision.effectiveOn) : null;
  return STAGES.flatMap((stage) => {
    const from = reachedOn(stage, facts);
    return from === null || (to !== null && to <= from) ? [] : [{ stage, from, to }];
  });
}

/** The first day of this stage or of a later one, of the record or, from the decision on, of its duplicates. */
function reachedOn(stage: Stage, { own, absorbed }: HeldFacts): Day | null {
  const stages = STAGES.slice(STAGES.indexOf(stage));
  const types = stages.flatMap((reached) => REACHED_BY[reached]);
  const { verifiedOn } = statedDates(own);
  const days = [
    ...own.filter((fact) => types.includes(fact.type)).map((fact) => dayOf(fact.effectiveOn)),
    ...(verifiedOn && stages.includes('verified') ? [verifiedOn] : []),
    ...absorbed.flatMap(({ decision, duplicate }) => {
      const reached = reachedOn(stage, duplicate);
      const decided = dayOf(decision.effectiveOn);
      return reached === null ? [] : [reached > decided ? reached : decided];
    }),
  ];
  return days.sort()[0] ?? null;
}

function dayOf(effectiveOn: string): Day {
  return effectiveDay(effectiveOn, NATIONAL_ZONE);
}
