import { Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Observation } from '../indicator/indicator.schema';
import { Indicators } from '../indicator/indicators';
import { JOINED } from '../membership/changes';
import { Counts } from '../membership/counts';
import type { Target } from '../target/target.schema';
import { isInside } from './areas';
import type { Day } from './day';
import { History } from './history';
import { type Conflict, isSilent, observedHistory } from './observed';
import { foldedZone } from './zones';

/** An indicator as it was known at an instant. */
export interface SeriesKnown {
  history: History;
  /** How many in each province on the day, by the division in force then; null for a series without areas. */
  byProvince: ReadonlyMap<string, number> | null;
  conflicts: Conflict[];
  /** No value for more than twice the period of the series. */
  silent: boolean;
}

/** Reads what a target counts: from the folded facts, or from what was observed. */
@Injectable()
export class Series {
  constructor(
    private readonly counts: Counts,
    private readonly indicators: Indicators,
    @InjectModel(Observation.name) private readonly observations: Model<Observation>,
    private readonly regions: Regions,
  ) {}

  async known(target: Target, areas: readonly string[] | null, asOf: Day, knownAt: Date): Promise<SeriesKnown> {
    const observed = await this.indicators.observedBy(target);
    if (observed) {
      const values = await this.observations.find({ indicator: observed.key, knownAt: { $lte: knownAt } }).lean();
      const silent = isSilent(values, observed.periodDays, asOf);
      return { ...observedHistory(values, observed.sourcePriority), byProvince: null, silent };
    }
    const all = await this.counts.known(JOINED, foldedZone(target.timeZone), knownAt);
    const inside = areas ? memoized((area) => isInside(area, areas, asOf, this.regions)) : () => true;
    const counts = all.filter(({ area }) => inside(area));
    const provinceOf = memoized((area) => this.regions.provinceOn(area, asOf) ?? area.slice(0, 2));
    const byProvince = new Map<string, number>();
    for (const { day, area, opened, closed } of counts) {
      if (day > asOf) continue;
      const province = provinceOf(area);
      byProvince.set(province, (byProvince.get(province) ?? 0) + opened - closed);
    }
    return { history: History.ofChanges(counts), byProvince, conflicts: [], silent: false };
  }
}

function memoized<T>(fn: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, fn(key));
    return known.get(key) as T;
  };
}
