import type { Day } from './day';
import type { History } from './history';
import type { PlanLine } from './pace';
import { Ratio } from './ratio';

/** The shares of a target that are milestones. */
export const MILESTONE_PERCENTS: readonly number[] = [25, 50, 75, 100];

export interface Milestone {
  percent: number;
  reachedOn: Day;
}

/** The shares that were reached up to a day, each with the first day whose close was that high. */
export function milestones(plan: PlanLine, history: History, asOf: Day, percents = MILESTONE_PERCENTS): Milestone[] {
  return percents.flatMap((percent) => {
    const reachedOn = history.firstDayAtLeast(levelOf(plan, percent), asOf);
    return reachedOn ? [{ percent, reachedOn }] : [];
  });
}

/** The level at which a share of the way from baseline to target is done. */
function levelOf(plan: PlanLine, percent: number): number {
  const start = Ratio.of(plan.baseline?.value ?? 0);
  const way = Ratio.of(plan.value).minus(start).times(Ratio.of(percent)).dividedBy(Ratio.of(100)) ?? start;
  return start.plus(way).ceiling();
}
