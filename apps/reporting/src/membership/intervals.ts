import { type Day, effectiveDay } from '../progress/day';
import type { Zone } from '../progress/zones';
import { decisionOf, ENDINGS, FACT, type RecordedFact, statedDates } from './statement';

/** Days on which a cooperative counts: from the first up to, and without, the last. */
export interface Interval {
  from: Day;
  /** Null while it counts. */
  to: Day | null;
  /** The membership came over from a duplicate: it is no arrival. */
  carried: boolean;
}

interface Turn {
  day: Day;
  /** The instant where the fact gives one. */
  at: number | null;
  kind: 'declared' | 'verified' | 'carried' | 'ended';
}

/** The facts of a cooperative and of the records that were merged into it, all held at one instant, as learnt. */
export interface HeldFacts {
  own: readonly RecordedFact[];
  absorbed: readonly { decision: RecordedFact; duplicate: HeldFacts }[];
}

/**
 * The membership of `cooperatives_joined` v1: it opens at the earlier of `declared_ready_on` and verification, closes on the day of
 * rejection, withdrawal, lapse or duplicate decision, and reopens at a later verification.
 */
export function intervalsOf(facts: HeldFacts, zone: Zone): Interval[] {
  const decision = decisionOf(facts.own);
  return walk([...turnsOf(facts, zone), ...(decision ? [turn('ended', decision.effectiveOn, zone)] : [])]);
}

/** Everything that opens and closes, without the decision that the record is a duplicate itself. */
function turnsOf({ own, absorbed }: HeldFacts, zone: Zone): Turn[] {
  const { declaredReadyOn, verifiedOn } = statedDates(own);
  return [
    ...(declaredReadyOn ? [turn('declared', declaredReadyOn, zone)] : []),
    ...(verifiedOn ? [turn('verified', verifiedOn, zone)] : []),
    ...own.flatMap((fact) => {
      if (fact.type === FACT.verified) return [turn('verified', fact.effectiveOn, zone)];
      return ENDINGS.includes(fact.type) ? [turn('ended', fact.effectiveOn, zone)] : [];
    }),
    ...absorbed.flatMap(({ decision, duplicate }) => carriedTurns(duplicate, decision, zone)),
  ];
}

/** What counted before the day of the decision and on it, and what starts to count from then on, counts for the survivor. */
function carriedTurns(duplicate: HeldFacts, decision: RecordedFact, zone: Zone): Turn[] {
  const day = effectiveDay(decision.effectiveOn, zone);
  return walk(turnsOf(duplicate, zone)).flatMap((interval): Turn[] => {
    if (interval.from >= day) return [{ kind: 'verified', day: interval.from, at: null }];
    return interval.to === null || interval.to > day ? [{ kind: 'carried', day, at: null }] : [];
  });
}

function turn(kind: Turn['kind'], on: string, zone: Zone): Turn {
  return { kind, day: effectiveDay(on, zone), at: on.length > 10 ? Date.parse(on) : null };
}

function walk(turns: Turn[]): Interval[] {
  const intervals: Interval[] = [];
  let open: Interval | null = null;
  for (const next of inOrder(turns)) {
    if (next.kind === 'ended') {
      if (open) open.to = next.day;
      open = null;
    } else if (!open && (next.kind !== 'declared' || intervals.length === 0)) {
      open = { from: next.day, to: null, carried: next.kind === 'carried' };
      intervals.push(open);
    }
  }
  return joined(intervals.filter(({ from, to }) => from !== to));
}

/** By day; inside a day by time where every turn of the day has one, else in the order in which they were learnt. */
function inOrder(turns: readonly Turn[]): Turn[] {
  const timeless = new Set(turns.filter(({ at }) => at === null).map(({ day }) => day));
  return turns
    .map((next, learnt) => ({ next, learnt }))
    .sort((a, b) => {
      if (a.next.day !== b.next.day) return a.next.day < b.next.day ? -1 : 1;
      const time = timeless.has(a.next.day) ? 0 : (a.next.at ?? 0) - (b.next.at ?? 0);
      return time || a.learnt - b.learnt;
    })
    .map(({ next }) => next);
}

/** One that opens on the day on which another closes goes on without a gap. */
function joined(intervals: Interval[]): Interval[] {
  return intervals.reduce<Interval[]>((list, interval) => {
    const last = list.at(-1);
    if (last && last.to === interval.from) last.to = interval.to;
    else list.push(interval);
    return list;
  }, []);
}
