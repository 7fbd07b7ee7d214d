import type { Day } from './day';
import { FEWEST_ARRIVAL_DAYS, WINDOW_DAYS } from './forecast';
import { percent, type PlanLine } from './pace';
import { Ratio } from './ratio';

export type IndexState = 'on_track' | 'at_risk' | 'off_track';
export type State =
  | 'paused'
  | 'achieved'
  | 'missed'
  | 'not_started'
  | 'rebaselined'
  | 'stale_data'
  | 'insufficient_history'
  | IndexState;

/** What the state of a target is decided by. */
export interface StatusInput {
  plan: PlanLine;
  paused: boolean;
  /** Between a change of the plan and the next close of a day. */
  rebaselined: boolean;
  /** Facts are more than 24 hours late. */
  stale: boolean;
  asOf: Day;
  actual: number;
  /** The first day after the deadline whose close reached the value. */
  achievedLateOn: Day | null;
  arrivalDays: number;
  daysOfHistory: number;
  index: Ratio | null;
  probability: number | null;
}

/** The state with the figures that its reason names. */
export interface Status {
  state: State;
  achievedLateOn?: Day;
  by?: 'index' | 'probability';
  indexPercent?: number;
  probability?: number;
  arrivalDays: number;
}

const WORST_FIRST: readonly IndexState[] = ['off_track', 'at_risk', 'on_track'];
const INDEX_BOUNDS = { onTrack: Ratio.of(0.9), atRisk: Ratio.of(0.75) };

/** The first state that holds, in the order of product.md 5. */
export function statusOf(input: StatusInput): Status {
  const { plan, asOf, arrivalDays } = input;
  const early = earlyState(input);
  if (early === 'achieved' && input.achievedLateOn)
    return { state: early, achievedLateOn: input.achievedLateOn, arrivalDays };
  if (early) return { state: early, arrivalDays };
  const byIndex = plan.baseline && asOf >= plan.baseline.date ? stateByIndex(input) : null;
  const byProbability = stateByProbability(input);
  const state = WORST_FIRST.find((worse) => worse === byIndex || worse === byProbability);
  if (!state) return { state: 'insufficient_history', arrivalDays };
  const indexPercent = percent(input.index)?.round(1);
  return {
    state,
    by: state === byIndex ? 'index' : 'probability',
    ...(indexPercent === undefined ? {} : { indexPercent }),
    ...(input.probability === null ? {} : { probability: input.probability }),
    arrivalDays,
  };
}

function earlyState(input: StatusInput): State | null {
  const { plan, asOf } = input;
  if (input.paused) return 'paused';
  if (input.actual >= plan.value) return 'achieved';
  if (asOf >= plan.deadline) return 'missed';
  if (plan.baseline && asOf < plan.baseline.date) return 'not_started';
  if (input.rebaselined) return 'rebaselined';
  if (input.stale) return 'stale_data';
  if (!plan.baseline && input.arrivalDays < FEWEST_ARRIVAL_DAYS) return 'insufficient_history';
  return null;
}

/** On the baseline's own day the index is undefined: nothing is behind unless the actual is below the baseline. */
function stateByIndex({ index, actual, plan }: StatusInput): IndexState {
  if (!index) return actual >= (plan.baseline?.value ?? 0) ? 'on_track' : 'off_track';
  if (index.compare(INDEX_BOUNDS.onTrack) >= 0) return 'on_track';
  return index.compare(INDEX_BOUNDS.atRisk) >= 0 ? 'at_risk' : 'off_track';
}

function stateByProbability({ probability, daysOfHistory }: StatusInput): IndexState | null {
  if (probability === null || daysOfHistory < WINDOW_DAYS) return null;
  if (probability >= 0.6) return 'on_track';
  return probability >= 0.2 ? 'at_risk' : 'off_track';
}
