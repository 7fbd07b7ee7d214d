import {
  type CooperativeFacts,
  type CountChange,
  EVERY_ZONE,
  JOINED,
} from '../../apps/reporting/src/membership/changes';
import {
  decisionOf,
  ENDINGS,
  FACT,
  FINAL_ENDINGS,
  heldAt,
  statedDates,
} from '../../apps/reporting/src/membership/statement';
import type { RecordedFact } from '../../apps/reporting/src/membership/statement';
import { type Day, effectiveDay } from '../../apps/reporting/src/progress/day';
import { NATIONAL_ZONE, type Zone, ZONES } from '../../apps/reporting/src/progress/zones';

/*
 * The counts of a cooperative as they are defined: everything that held is gathered and walked anew at each instant. Slow, and the
 * measure of what the service computes in steps.
 */

type Contribution = Omit<CountChange, 'knownAt'>;

/**
 * What a cooperative adds to the counts, in both times: for each instant at which something new was known, the difference to what
 * was counted before. A retraction is a difference like any other, so old answers stay what they were.
 */
export function changesByDefinition(facts: CooperativeFacts): CountChange[] {
  const changes: CountChange[] = [];
  let before = new Map<string, Contribution>();
  for (const knownAt of instantsOf(facts)) {
    const now = contributionsAt(knownAt, facts);
    changes.push(...difference(before, now).map((contribution) => ({ knownAt, ...contribution })));
    before = now;
  }
  return changes;
}

/** The instants at which what is known of this cooperative may have changed. */
function instantsOf(facts: CooperativeFacts): Date[] {
  const times = (of: CooperativeFacts): number[] => [
    ...[...of.own, ...of.reverts].map((fact) => fact.knownAt.getTime()),
    ...of.duplicates.flatMap(times),
  ];
  return [...new Set(times(facts))].sort((a, b) => a - b).map((time) => new Date(time));
}

function heldFacts(knownAt: Date, { own, duplicates, reverts, cooperativeId }: CooperativeFacts): HeldFacts {
  return {
    own: heldAt(knownAt, own, reverts),
    absorbed: duplicates.flatMap((record) => {
      const duplicate = heldFacts(knownAt, record);
      const decision = decisionOf(duplicate.own);
      return decision?.survivorId === cooperativeId ? [{ decision, duplicate }] : [];
    }),
  };
}

function contributionsAt(knownAt: Date, facts: CooperativeFacts): Map<string, Contribution> {
  const held = heldFacts(knownAt, facts);
  const sum = new Map<string, Contribution>();
  const latest = held.own.at(-1);
  if (!latest) return sum;
  const place = { area: latest.regionCode.slice(0, 5), type: latest.cooperativeType };
  for (const contribution of [...membershipOf(held), ...funnelOf(held)]) add(sum, { ...contribution, ...place });
  return sum;
}

type Unplaced = Omit<Contribution, 'area' | 'type'>;

function membershipOf(held: HeldFacts): Unplaced[] {
  const byZone = ZONES.map((zone) => ({
    zone: zone as string,
    edges: intervalsOf(held, zone).flatMap(({ from, to, carried }) => [
      { series: JOINED, day: from, opened: carried ? 0 : 1, closed: carried ? -1 : 0 },
      ...(to === null ? [] : [{ series: JOINED, day: to, opened: 0, closed: 1 }]),
    ]),
  }));
  const same = byZone.every(({ edges }) => JSON.stringify(edges) === JSON.stringify(byZone[0]?.edges));
  const lists = same ? byZone.slice(0, 1).map(({ edges }) => ({ zone: EVERY_ZONE, edges })) : byZone;
  return lists.flatMap(({ zone, edges }) => edges.map((edge) => ({ ...edge, zone })));
}

function funnelOf(held: HeldFacts): Unplaced[] {
  return stagesOf(held).flatMap(({ stage, from, to }) => [
    { series: stage, zone: EVERY_ZONE, day: from, opened: 1, closed: 0 },
    ...(to === null ? [] : [{ series: stage, zone: EVERY_ZONE, day: to, opened: 0, closed: 1 }]),
  ]);
}

function difference(before: Map<string, Contribution>, now: Map<string, Contribution>): Contribution[] {
  const sum = new Map(now);
  for (const was of before.values()) add(sum, { ...was, opened: -was.opened, closed: -was.closed });
  const differing = [...sum].filter(([, { opened, closed }]) => opened !== 0 || closed !== 0);
  // In one order whatever the order of the facts, so that a rebuild compares bit by bit.
  return differing.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, contribution]) => contribution);
}

function add(sum: Map<string, Contribution>, contribution: Contribution): void {
  const { series, zone, day, area, type } = contribution;
  const key = [series, zone, day, area, type].join('|');
  const was = sum.get(key);
  sum.set(key, {
    ...{ series, zone, day, area, type },
    opened: contribution.opened + (was?.opened ?? 0),
    closed: contribution.closed + (was?.closed ?? 0),
  });
}

/** Days on which a cooperative counts: from the first up to, and without, the last. */
interface Interval {
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
  kind: 'declared' | 'verified' | 'carried' | 'ended' | 'gone';
}

/** The facts of a cooperative and of the records that were merged into it, all held at one instant, as learnt. */
interface HeldFacts {
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
      if (FINAL_ENDINGS.includes(fact.type)) return [turn('gone', fact.effectiveOn, zone)];
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
    if (next.kind === 'ended' || next.kind === 'gone') {
      if (open) open.to = next.day;
      open = null;
      if (next.kind === 'gone') break;
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

/** The funnel, from the easy number to the real one. Each counts those that reached it or a later one. */
const STAGES = ['registered', 'contactVerified', 'submitted', 'verified', 'active'] as const;
type Stage = (typeof STAGES)[number];

const REACHED_BY: Readonly<Record<Stage, readonly string[]>> = {
  registered: [FACT.registered, FACT.imported],
  contactVerified: [FACT.contactVerified],
  submitted: [FACT.submitted],
  verified: [FACT.verified],
  active: [FACT.active],
};

/** When a stage was reached and, where the record was found to be a duplicate, since when it counts no more. */
interface StageInterval {
  stage: Stage;
  from: Day;
  to: Day | null;
}

/** The stages that a cooperative reached. A record that is a duplicate leaves the funnel, and the survivor carries its stages on. */
function stagesOf(facts: HeldFacts): StageInterval[] {
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
