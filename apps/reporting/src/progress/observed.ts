import { type Day, daysBetween } from './day';
import { History } from './history';

/** A value that a source gave for a day. */
export interface ObservedValue {
  date: Day;
  value: number;
  source: string;
  knownAt: Date;
}

/** Sources that disagree about a day. */
export interface Conflict {
  date: Day;
  values: { source: string; value: number }[];
}

/**
 * The levels of an observed series: of each source the last value that it gave for a day. Where sources disagree the first in the
 * order of priority decides; without one the day is left out, so the last undisputed value stands.
 */
export function observedHistory(values: readonly ObservedValue[], priority: readonly string[] = []) {
  const byDay = new Map<Day, Map<string, number>>();
  for (const { date, source, value } of [...values].sort((a, b) => a.knownAt.getTime() - b.knownAt.getTime())) {
    byDay.set(date, (byDay.get(date) ?? new Map<string, number>()).set(source, value));
  }
  const levels: { day: Day; level: number }[] = [];
  const conflicts: Conflict[] = [];
  for (const [day, sources] of byDay) {
    const given = [...sources].map(([source, value]) => ({ source, value }));
    const trusted = priority.find((source) => sources.has(source));
    const level = trusted === undefined ? given[0]?.value : sources.get(trusted);
    const disputed = new Set(sources.values()).size > 1;
    if (disputed) conflicts.push({ date: day, values: given });
    if (level !== undefined && (!disputed || trusted !== undefined)) levels.push({ day, level });
  }
  return { history: History.ofLevels(levels), conflicts: conflicts.sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

/** Whether a series has been silent for more than twice its period. */
export function isSilent(values: readonly ObservedValue[], periodDays: number | undefined, asOf: Day): boolean {
  const last = values.reduce<Day | null>(
    (latest, { date }) => (date <= asOf && (latest ?? '') < date ? date : latest),
    null,
  );
  return periodDays !== undefined && last !== null && daysBetween(last, asOf) > 2 * periodDays;
}
