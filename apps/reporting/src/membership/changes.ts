import { type Day, effectiveDay } from '../progress/day';
import { NATIONAL_ZONE, ZONES } from '../progress/zones';
import { STAGES } from './stages';
import { Standing } from './standing';
import type { RecordedFact, RecordedRevert } from './statement';

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
  const counted = new Counted(new Standing(facts));
  return instantsOf(facts).flatMap((time) => {
    const knownAt = new Date(time);
    return counted.learn(time).map((contribution) => ({ knownAt, ...contribution }));
  });
}

/** The instants at which what is known of this cooperative may have changed. */
function instantsOf(facts: CooperativeFacts): number[] {
  const times = (of: CooperativeFacts): number[] => [
    ...[...of.own, ...of.reverts].map((fact) => fact.knownAt.getTime()),
    ...of.duplicates.flatMap(times),
  ];
  return [...new Set(times(facts))].sort((a, b) => a - b);
}

type Place = Pick<Contribution, 'area' | 'type'>;

/** What a cooperative counts as, kept from instant to instant: only what a new instant touches is compared. */
class Counted {
  private memberships = new Map<Day, Contribution[]>();
  private funnel: Contribution[] = [];
  private zones: readonly string[] = [];
  private place: Place | null = null;
  /** The days that do not count alike in every zone. */
  private readonly differing = new Set<Day>();

  constructor(private readonly standing: Standing) {}

  learn(time: number): Contribution[] {
    const touched = this.standing.learn(time);
    if (!touched) return [];
    for (const day of touched) this.compareZones(day);
    const zones = this.differing.size > 0 ? ZONES : [EVERY_ZONE];
    const place = placeOf(this.standing);
    const isMoved = place?.area !== this.place?.area || place?.type !== this.place?.type;
    const days = isMoved || zones.length !== this.zones.length ? this.allDays() : touched;
    this.zones = zones;
    this.place = place;
    const before = [...this.funnel];
    const now = (this.funnel = this.funnelNow());
    const changed = [...now];
    for (const day of days) {
      before.push(...(this.memberships.get(day) ?? []));
      const anew = this.membershipNow(day);
      this.memberships.set(day, anew);
      changed.push(...anew);
    }
    return difference(before, changed);
  }

  private allDays(): Set<Day> {
    const { turns } = this.standing;
    return new Set([...this.memberships.keys(), ...turns.flatMap((zone) => zone.edges().map(({ day }) => day))]);
  }

  private compareZones(day: Day): void {
    const [first, ...others] = this.standing.turns.map((turns) => turns.edgeOn(day));
    if (others.every((edge) => edge === first)) this.differing.delete(day);
    else this.differing.add(day);
  }

  private membershipNow(day: Day): Contribution[] {
    const { place } = this;
    if (!place) return [];
    return this.zones.flatMap((zone, index) => {
      const edge = this.standing.turns[index]?.edgeOn(day);
      if (!edge) return [];
      const counts = { opened: edge === 'opened' ? 1 : 0, closed: { opened: 0, carried: -1, closed: 1 }[edge] };
      return [{ series: JOINED, zone, day, ...counts, ...place }];
    });
  }

  /** The stages that a cooperative reached. A record that is a duplicate leaves the funnel, and the survivor carries its stages on. */
  private funnelNow(): Contribution[] {
    const { place, standing } = this;
    if (!place) return [];
    const to = standing.decision ? effectiveDay(standing.decision.effectiveOn, NATIONAL_ZONE) : null;
    return STAGES.flatMap((series): Contribution[] => {
      const from = standing.reached[series];
      if (from === undefined || (to !== null && to <= from)) return [];
      const stage = { series, zone: EVERY_ZONE, ...place };
      const opened = { ...stage, day: from, opened: 1, closed: 0 };
      return to === null ? [opened] : [opened, { ...stage, day: to, opened: 0, closed: 1 }];
    });
  }
}

/** As the last statement has it; nothing counts before the first. */
function placeOf({ latest }: Standing): Place | null {
  return latest ? { area: latest.regionCode.slice(0, 5), type: latest.cooperativeType } : null;
}

function difference(before: readonly Contribution[], now: readonly Contribution[]): Contribution[] {
  const sum = new Map<string, Contribution>();
  for (const is of now) add(sum, is);
  for (const was of before) add(sum, { ...was, opened: -was.opened, closed: -was.closed });
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
