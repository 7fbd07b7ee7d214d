import type { Day } from '../progress/day';
import { ZONES } from '../progress/zones';
import { type HeldFacts, intervalsOf } from './intervals';
import { stagesOf } from './stages';
import { decisionOf, heldAt, type RecordedFact, type RecordedRevert } from './statement';

/** The series of the indicator `cooperatives_joined`; each funnel stage is a series of its own. */
export const JOINED = 'joined';
/** A change that is the same in every zone. */
export const EVERY_ZONE = '*';

/** From an instant of knowledge on, so many more (or fewer) start and stop to count on a day. */
export interface CountChange {
  knownAt: Date;
  series: string;
  zone: string;
  day: Day;
  /** Regency where the fact names one, else province. */
  area: string;
  type: string;
  opened: number;
  closed: number;
}

type Contribution = Omit<CountChange, 'knownAt'>;

/** All facts that a cooperative's counting follows from. */
export interface CooperativeFacts {
  cooperativeId: string;
  own: readonly RecordedFact[];
  /** The records that were ever found to be its duplicates. */
  duplicates: readonly CooperativeFacts[];
  /** The reverts of all imports that these facts came with. */
  reverts: readonly RecordedRevert[];
}

/**
 * What a cooperative adds to the counts, in both times: for each instant at which something new was known, the difference to what
 * was counted before. A retraction is a difference like any other, so old answers stay what they were.
 */
export function changesOf(facts: CooperativeFacts): CountChange[] {
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
