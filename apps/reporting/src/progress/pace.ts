import { addDays, type Day, daysBetween } from './day';
import { Ratio } from './ratio';

export interface Baseline {
  /** The close of this day, never added to the actual. */
  value: number;
  date: Day;
}

/** What the line from baseline to target is drawn from. */
export interface PlanLine {
  value: number;
  deadline: Day;
  baseline: Baseline | null;
  eligible: number | null;
}

export interface RequiredPace {
  perDay: number | null;
  perWeek: number | null;
  perWorkingDay: number | null;
}

const ZERO = Ratio.of(0);

/** What is still missing, never below zero. */
export function remaining(plan: PlanLine, actual: number): Ratio {
  const missing = Ratio.of(plan.value).minus(Ratio.of(actual));
  return missing.compare(ZERO) < 0 ? ZERO : missing;
}

/** Calendar days left after a day, never below zero. */
export function daysLeft(plan: PlanLine, asOf: Day): number {
  return Math.max(0, daysBetween(asOf, plan.deadline));
}

/** (actual − baseline) / (target − baseline), in percent. */
export function progressPercent(plan: PlanLine, actual: number): Ratio | null {
  const start = Ratio.of(plan.baseline?.value ?? 0);
  return percent(Ratio.of(actual).minus(start).dividedBy(Ratio.of(plan.value).minus(start)));
}

/** The pace that still reaches the target. */
export function requiredPace(plan: PlanLine, actual: number, asOf: Day, workingLeft: number): RequiredPace {
  const missing = remaining(plan, actual);
  const left = Ratio.of(daysLeft(plan, asOf));
  return {
    perDay: rounded(missing.dividedBy(left), 3),
    perWeek: rounded(missing.times(Ratio.of(7)).dividedBy(left), 2),
    perWorkingDay: rounded(missing.dividedBy(Ratio.of(workingLeft)), 2),
  };
}

/** The line from baseline to target at the close of a day; flat after the deadline, undefined before the baseline. */
export function expected(plan: PlanLine, asOf: Day): Ratio | null {
  const slope = slopeOf(plan);
  if (!plan.baseline || !slope || asOf < plan.baseline.date) return null;
  const day = asOf < plan.deadline ? asOf : plan.deadline;
  return Ratio.of(plan.baseline.value).plus(slope.times(Ratio.of(daysBetween(plan.baseline.date, day))));
}

/** (actual − baseline) / (expected − baseline). */
export function index(plan: PlanLine, actual: number, asOf: Day): Ratio | null {
  const line = expected(plan, asOf);
  if (!plan.baseline || !line) return null;
  const start = Ratio.of(plan.baseline.value);
  return Ratio.of(actual).minus(start).dividedBy(line.minus(start));
}

/** How many days the actual is ahead of the line. */
export function bufferDays(plan: PlanLine, actual: number, asOf: Day): Ratio | null {
  const line = expected(plan, asOf);
  const slope = slopeOf(plan);
  return line && slope ? Ratio.of(actual).minus(line).dividedBy(slope) : null;
}

/** (actual − baseline) / days since the baseline. */
export function averagePace(plan: PlanLine, actual: number, asOf: Day): Ratio | null {
  if (!plan.baseline || asOf <= plan.baseline.date) return null;
  const gained = Ratio.of(actual).minus(Ratio.of(plan.baseline.value));
  return gained.dividedBy(Ratio.of(daysBetween(plan.baseline.date, asOf)));
}

/** Where the average pace arrives at the deadline, never above the eligible population. */
export function projectedAtDeadline(plan: PlanLine, actual: number, asOf: Day): Ratio | null {
  const pace = averagePace(plan, actual, asOf);
  if (!pace) return null;
  const projected = Ratio.of(actual).plus(pace.times(Ratio.of(daysLeft(plan, asOf))));
  const cap = plan.eligible === null ? null : Ratio.of(plan.eligible);
  return cap && projected.compare(cap) > 0 ? cap : projected;
}

/** The day on which the average pace arrives at the target; null where it never does. */
export function linearDate(plan: PlanLine, actual: number, asOf: Day): Day | null {
  const pace = averagePace(plan, actual, asOf);
  if (!pace || (plan.eligible !== null && plan.eligible < plan.value)) return null;
  const missing = remaining(plan, actual);
  if (missing.compare(ZERO) === 0) return asOf;
  const days = pace.compare(ZERO) > 0 ? missing.dividedBy(pace)?.ceiling() : undefined;
  return days === undefined || days > 365_000 ? null : addDays(asOf, days);
}

/** How many of a hundred. */
export function percent(quotient: Ratio | null): Ratio | null {
  return quotient?.times(Ratio.of(100)) ?? null;
}

/** Half-up, or null where the figure is undefined. */
export function rounded(value: Ratio | null, decimals: number): number | null {
  return value?.round(decimals) ?? null;
}

function slopeOf(plan: PlanLine): Ratio | null {
  if (!plan.baseline) return null;
  const climb = Ratio.of(plan.value).minus(Ratio.of(plan.baseline.value));
  return climb.dividedBy(Ratio.of(daysBetween(plan.baseline.date, plan.deadline)));
}
