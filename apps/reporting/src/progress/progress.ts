import { type CalendarVersion, workingDays } from '@idxcoop/platform';
import { type Day, daysBetween } from './day';
import { FEWEST_ARRIVAL_DAYS, type Forecast, forecast, recentWindow } from './forecast';
import type { History } from './history';
import { MILESTONE_PERCENTS, type Milestone, milestones } from './milestones';
import * as pace from './pace';
import { type Language, reasonOf } from './progress.templates';
import { Ratio } from './ratio';
import { type Status, statusOf } from './status';

/** The plan that a day is judged by. */
export interface PlanInForce extends pace.PlanLine {
  paused: boolean;
  milestones?: readonly number[] | null;
}

/** Everything that the figures of one day are computed from, as it was known at one instant. */
export interface ProgressInput {
  plan: PlanInForce;
  asOf: Day;
  knownAt: Date;
  history: History;
  calendar: readonly CalendarVersion[];
  /** Between a change of the plan and the next close of a day. */
  rebaselined: boolean;
  stale: boolean;
}

/** The figures of a day, without what names them. */
export interface ProgressFigures {
  actual: number;
  remaining: number;
  progressPercent: number | null;
  coverage: { eligible: number; percent: number | null } | null;
  days: { left: number; workingLeft: number; calendarVersion: Day | null; calendarCovers?: false };
  requiredPace: pace.RequiredPace;
  averagePace: { perDay: number } | null;
  recentPace: { perDay: number; days: number } | null;
  expected: number | null;
  indexPercent: number | null;
  bufferDays: number | null;
  linearDate: Day | null;
  projectedAtDeadline: number | null;
  status: { state: Status['state']; reason: string; achievedLateOn?: Day };
  forecast: Forecast | null;
  milestones: Milestone[];
}

/** The arithmetic of product.md 5, as if standing at the close of `asOf`. */
export function progressOf(input: ProgressInput, language: Language): ProgressFigures {
  const { plan, asOf, history } = input;
  const actual = history.levelOn(asOf);
  const left = pace.daysLeft(plan, asOf);
  const working = workingDays(asOf, asOf < plan.deadline ? plan.deadline : asOf, input.calendar, input.knownAt);
  const average = pace.averagePace(plan, actual, asOf);
  const index = pace.index(plan, actual, asOf);
  const outlook = forecast(plan, history, asOf);
  const status = statusOf({
    plan,
    paused: plan.paused,
    rebaselined: input.rebaselined,
    stale: input.stale,
    asOf,
    actual,
    achievedLateOn: achievedLateOn(plan, history, asOf),
    arrivalDays: history.arrivalDays(asOf),
    daysOfHistory: history.daysOfHistory(asOf),
    index,
    probability: outlook?.probability ?? null,
  });
  const figures = { actual, value: plan.value, deadline: plan.deadline, baseline: plan.baseline };
  return {
    actual,
    remaining: pace.remaining(plan, actual).round(3),
    progressPercent: pace.rounded(pace.progressPercent(plan, actual), 2),
    coverage: coverageOf(plan, actual),
    days: {
      left,
      workingLeft: working.count,
      calendarVersion: working.version,
      ...(left === 0 || working.covers ? {} : { calendarCovers: false }),
    },
    requiredPace: pace.requiredPace(plan, actual, asOf, working.count),
    averagePace: average && { perDay: average.round(3) },
    recentPace: recentPace(history, asOf),
    expected: pace.rounded(pace.expected(plan, asOf), 2),
    indexPercent: pace.rounded(pace.percent(index), 1),
    bufferDays: pace.rounded(pace.bufferDays(plan, actual, asOf), 1),
    linearDate: pace.linearDate(plan, actual, asOf),
    projectedAtDeadline: pace.rounded(pace.projectedAtDeadline(plan, actual, asOf), 1),
    status: {
      state: status.state,
      reason: reasonOf(status, figures, language),
      ...(status.achievedLateOn ? { achievedLateOn: status.achievedLateOn } : {}),
    },
    forecast: outlook,
    milestones: milestones(plan, history, asOf, plan.milestones ?? MILESTONE_PERCENTS),
  };
}

function recentPace(history: History, asOf: Day): { perDay: number; days: number } | null {
  if (history.arrivalDays(asOf) < FEWEST_ARRIVAL_DAYS) return null;
  const { days, events } = recentWindow(history, asOf);
  const perDay = Ratio.of(events).dividedBy(Ratio.of(days));
  return perDay && { perDay: perDay.round(3), days };
}

function coverageOf(plan: PlanInForce, actual: number): ProgressFigures['coverage'] {
  if (plan.eligible === null) return null;
  const quotient = Ratio.of(actual).dividedBy(Ratio.of(plan.eligible));
  return { eligible: plan.eligible, percent: pace.rounded(pace.percent(quotient), 2) };
}

/** Where the deadline was missed and the value reached later: the first such day. */
function achievedLateOn(plan: PlanInForce, history: History, asOf: Day): Day | null {
  if (daysBetween(plan.deadline, asOf) <= 0 || history.levelOn(plan.deadline) >= plan.value) return null;
  const late = history.steps.find((step) => step.day > plan.deadline && step.level >= plan.value);
  return late && late.day <= asOf ? late.day : null;
}
