import type { Day } from '../progress/day';
import { FACT } from './statement';

/** The funnel, from the easy number to the real one. Each counts those that reached it or a later one. */
export const STAGES = ['registered', 'contactVerified', 'submitted', 'verified', 'active'] as const;
export type Stage = (typeof STAGES)[number];

/** The fact that brings a cooperative to a stage. `active` is told of verified ones only. */
export const STAGE_OF: ReadonlyMap<string, Stage> = new Map([
  [FACT.registered, 'registered'],
  [FACT.imported, 'registered'],
  [FACT.contactVerified, 'contactVerified'],
  [FACT.submitted, 'submitted'],
  [FACT.verified, 'verified'],
  [FACT.active, 'active'],
]);

/** The first day on which each stage was reached. */
export type Reached = Partial<Record<Stage, Day>>;

/** Keeps the earlier day. */
export function reach(reached: Reached, stage: Stage, day: Day): void {
  const was = reached[stage];
  if (was === undefined || day < was) reached[stage] = day;
}

/** A stage is reached with any later one. */
export function withEarlierStages(reached: Reached): Reached {
  const all: Reached = {};
  let first: Day | undefined;
  for (const stage of [...STAGES].reverse()) {
    const day = reached[stage];
    if (day !== undefined && (first === undefined || day < first)) first = day;
    if (first !== undefined) all[stage] = first;
  }
  return all;
}
