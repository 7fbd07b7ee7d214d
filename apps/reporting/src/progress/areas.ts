import type { Regions } from '@idxcoop/platform';
import type { Day } from './day';

type Divisions = Pick<Regions, 'provinceOn' | 'resolve' | 'provinces' | 'find'>;

/** An area that somebody counts in, with its figure. */
export interface AreaFigure {
  code: string;
  name: string;
  actual: number;
}

/** Whether a province or regency lies inside one of the areas, by the division in force on a day. */
export function isInside(area: string, areas: readonly string[], asOf: Day, regions: Divisions): boolean {
  return areas.some((limit) =>
    limit.length === 2
      ? regions.provinceOn(area, asOf) === limit
      : area.length > 2 && regions.resolve(area) === regions.resolve(limit),
  );
}

/** The provinces with somebody in them, in the order of their codes. */
export function figuresByArea(byProvince: ReadonlyMap<string, number>, asOf: Day, regions: Divisions): AreaFigure[] {
  const names = new Map(regions.provinces(asOf).map(({ code, name }) => [code, name]));
  return [...byProvince]
    .filter(([, actual]) => actual > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, actual]) => ({ code, name: names.get(code) ?? code, actual }));
}

/** How many provinces could be reached: all in force on the day, or those that the areas of a target lie in. */
export function reachableProvinces(areas: readonly string[] | null, asOf: Day, regions: Divisions): number {
  const inForce = regions.provinces(asOf).map(({ code }) => code);
  if (!areas) return inForce.length;
  return new Set(areas.map((area) => regions.provinceOn(area, asOf)).filter((code) => code && inForce.includes(code)))
    .size;
}
