import { DAY_MS, type WorkingTime } from '@idxcoop/platform';

/** A stretch in which the clock of a case ran; without an end it still does. */
export interface Run {
  from: Date;
  to?: Date;
}

/** How long an office has, and when its clock ran. Pausing ends a run; nothing takes one back, so the clock never starts anew. */
export interface ReviewClock {
  /** The version of the rules that gave the term. */
  rules: string;
  workingDays: number;
  runs: Run[];
}

/** A clock that begins with a filing: at its hour, or where that day is none at 08:00 of the next working day. */
export function started(term: Pick<ReviewClock, 'rules' | 'workingDays'>, at: Date, time: WorkingTime): ReviewClock {
  return { ...term, runs: [{ from: time.begins(at) }] };
}

/** The clock stands from an instant on; before it began nothing is used up. */
export function paused(clock: ReviewClock, at: Date): ReviewClock {
  return { ...clock, runs: clock.runs.map((run) => (run.to ? run : { ...run, to: at > run.from ? at : run.from })) };
}

/** The clock goes on where it stood. */
export function resumed(clock: ReviewClock, at: Date, time: WorkingTime): ReviewClock {
  return { ...clock, runs: [...clock.runs, { from: time.begins(at) }] };
}

/** When the term ends by the calendar that is known; null while the clock stands. */
export function dueOf({ workingDays, runs }: ReviewClock, time: WorkingTime): Date | null {
  const last = runs.at(-1);
  if (!last || last.to) return null;
  const used = runs.reduce((sum, { from, to }) => sum + (to ? time.between(from, to) : 0), 0);
  return time.after(last.from, Math.max(0, workingDays * DAY_MS - used));
}

/** A deadline after a new decree: one that has passed stays, an open one moves, but never into the past. */
export function moved(dueAt: Date, computed: Date, now: Date): Date {
  if (dueAt <= now) return dueAt;
  return computed < now ? now : computed;
}
