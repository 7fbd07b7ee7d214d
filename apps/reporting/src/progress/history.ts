import { addDays, type Day, dayNumber, daysBetween } from './day';
import { Ratio } from './ratio';

/** What changed on a day: how many arrived and how many went. */
export interface DayChange {
  day: Day;
  opened: number;
  closed: number;
}

/** A day on which the level or the arrivals changed. */
interface Step {
  day: Day;
  /** How many arrived. */
  opened: number;
  level: number;
}

/** The level of an indicator at the close of each day. */
export class History {
  private constructor(
    /** In the order of days. */
    readonly steps: readonly Step[],
  ) {}

  /** From the changes of days, in any order; several of one day add up. */
  static ofChanges(changes: Iterable<DayChange>): History {
    const byDay = new Map<Day, { opened: number; closed: number }>();
    for (const { day, opened, closed } of changes) {
      const sum = byDay.get(day) ?? { opened: 0, closed: 0 };
      byDay.set(day, { opened: sum.opened + opened, closed: sum.closed + closed });
    }
    let level = 0;
    const steps = [...byDay]
      .filter(([, { opened, closed }]) => opened !== 0 || closed !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, { opened, closed }]) => {
        level += opened - closed;
        return { day, opened, level };
      });
    return new History(steps);
  }

  /** From levels that were observed, one for each day that has one. */
  static ofLevels(levels: Iterable<{ day: Day; level: number }>): History {
    let before = 0;
    const steps = [...levels]
      .sort((a, b) => (a.day < b.day ? -1 : 1))
      .map(({ day, level }) => {
        const opened = Math.max(0, difference(level, before));
        before = level;
        return { day, opened, level };
      });
    return new History(steps);
  }

  /** The level at the close of a day. */
  levelOn(day: Day): number {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.steps[middle]?.day ?? '') <= day) low = middle + 1;
      else high = middle;
    }
    return this.steps[low - 1]?.level ?? 0;
  }

  /** The first day with facts: its level is where history starts. */
  firstDay(): Day | null {
    return this.steps.find((step) => step.opened > 0)?.day ?? null;
  }

  /** How many days after the first one, up to a day, saw arrivals. */
  arrivalDays(asOf: Day): number {
    const first = this.firstDay();
    if (first === null) return 0;
    return this.steps.filter((step) => step.opened > 0 && step.day > first && step.day <= asOf).length;
  }

  /** Days since the first day with facts. */
  daysOfHistory(asOf: Day): number {
    const first = this.firstDay();
    return first === null || asOf < first ? 0 : daysBetween(first, asOf);
  }

  /** What was gained in the last days before the close of a day. */
  gained(asOf: Day, days: number): number {
    return difference(this.levelOn(asOf), this.levelOn(addDays(asOf, -days)));
  }

  /** The first day, up to another, whose level is at least so high. */
  firstDayAtLeast(level: number, asOf: Day): Day | null {
    const step = this.steps.find((candidate) => candidate.level >= level);
    return step && step.day <= asOf ? step.day : null;
  }

  /** Gains of whole weeks that end at the close of a day, oldest first; the first day of history is no gain. */
  weeklyGains(asOf: Day, most: number): number[] {
    const weeks = Math.min(most, Math.floor(this.daysOfHistory(asOf) / 7));
    return Array.from({ length: weeks }, (_, index) => this.gained(addDays(asOf, -7 * (weeks - 1 - index)), 7));
  }

  /** The level at the close of every day of a span. */
  levels(from: Day, to: Day): { day: Day; level: number }[] {
    const days = Math.max(0, dayNumber(to) - dayNumber(from) + 1);
    return Array.from({ length: days }, (_, index) => {
      const day = addDays(from, index);
      return { day, level: this.levelOn(day) };
    });
  }

  /** How the days up to one differ from what was known of them before: what came late, and what was taken back. */
  revisedSince(earlier: History, asOf: Day): { late: number; withdrawn: number } {
    const days = new Set([...this.steps, ...earlier.steps].map(({ day }) => day).filter((day) => day <= asOf));
    let late = 0;
    let withdrawn = 0;
    for (const day of days) {
      const change = difference(this.gained(day, 1), earlier.gained(day, 1));
      if (change > 0) late += change;
      else withdrawn -= change;
    }
    return { late, withdrawn };
  }
}

/** Exact for levels with decimals too. */
function difference(a: number, b: number): number {
  return Number.isInteger(a) && Number.isInteger(b) ? a - b : Ratio.of(a).minus(Ratio.of(b)).round(6);
}
