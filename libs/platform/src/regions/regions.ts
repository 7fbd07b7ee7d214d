import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CodeTable } from './code-table';
import { MOVED_REGENCIES, PROVINCES, type ProvinceEntry, REGION_LEVELS, type RegionLevel } from './divisions';

/** A division of the Ministry of Home Affairs with the time in which its code holds. */
export interface Region {
  code: string;
  name: string;
  level: RegionLevel;
  provinceCode: string;
  timeZone: string;
  /** First day of the code; null where it is older than the programme. */
  validFrom: string | null;
  /** First day on which the code no longer holds; null while it does. */
  validTo: string | null;
  predecessor: string | null;
  successor: string | null;
}

const CODE = /^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$/;

/** Region codes down to villages (idn-area-data, ODbL) with the history of the splits of 2022. */
export class Regions {
  private readonly tables: Record<Exclude<RegionLevel, 'province'>, CodeTable>;
  private readonly provincesByCode = new Map(PROVINCES.map((province) => [province.code, province]));
  private readonly successors = new Map(MOVED_REGENCIES);
  private readonly predecessors = new Map(MOVED_REGENCIES.map(([from, to]) => [to, from]));

  constructor() {
    const data = join(dirname(createRequire(__filename).resolve('idn-area-data/package.json')), 'data');
    this.tables = {
      regency: new CodeTable(join(data, 'regencies.csv')),
      district: new CodeTable(join(data, 'districts.csv')),
      village: new CodeTable(join(data, 'villages.csv')),
    };
  }

  /** The region of a code, of today or of the past; with a day, only where the code holds on that day. */
  find(code: string, on?: string): Region | null {
    if (!CODE.test(code)) return null;
    const region = this.current(code) ?? this.past(code);
    if (!region || (on && !holds(region, on))) return null;
    return region;
  }

  /** The code of today: itself, or the one successor of an old code; null where the code is unknown. */
  resolve(code: string): string | null {
    const region = this.find(code);
    return region ? (region.successor ?? region.code) : null;
  }

  /** The province that a code belongs to on a day, by the division in force then: `93.01` was in `91` before July 2022. */
  provinceOn(code: string, on?: string): string | null {
    const today = this.resolve(code);
    const province = today ? this.provincesByCode.get(today.slice(0, 2)) : undefined;
    if (!province) return null;
    return on && province.validFrom && on < province.validFrom ? (province.predecessor ?? null) : province.code;
  }

  /** The provinces in force on a day: 34 before July 2022, then 37, 38 since December 2022. */
  provinces(on?: string): Region[] {
    return PROVINCES.filter((province) => !on || !province.validFrom || province.validFrom <= on).map(provinceRegion);
  }

  /** The divisions of today directly below a code, in the order of their codes. */
  children(code: string): Region[] {
    const level = REGION_LEVELS[levelOf(code) + 1];
    if (!this.current(code) || !level || level === 'province') return [];
    return this.tables[level].children(code).flatMap((child) => this.current(child.code) ?? []);
  }

  /** The names of the villages below a code, or of all. */
  villageNames(code = ''): string[] {
    return this.tables.village.names(code && `${code}.`);
  }

  private current(code: string): Region | null {
    const province = this.provincesByCode.get(code.slice(0, 2));
    if (!province) return null;
    const level = REGION_LEVELS[levelOf(code)];
    if (!level) return null;
    if (level === 'province') return provinceRegion(province);
    const name = this.tables[level].name(code);
    if (name === null) return null;
    return {
      ...provinceRegion(province),
      code,
      name: level === 'regency' ? titleCase(name) : name,
      level,
      predecessor: this.predecessors.get(code) ?? null,
    };
  }

  private past(code: string): Region | null {
    const successor = this.successors.get(code);
    const region = successor ? this.current(successor) : null;
    if (!region) return null;
    return {
      ...region,
      code,
      provinceCode: code.slice(0, 2),
      validFrom: null,
      validTo: region.validFrom,
      predecessor: null,
      successor: region.code,
    };
  }
}

function levelOf(code: string): number {
  return code.split('.').length - 1;
}

function holds(region: Region, on: string): boolean {
  return (!region.validFrom || region.validFrom <= on) && (!region.validTo || on < region.validTo);
}

function provinceRegion(province: ProvinceEntry): Region {
  return {
    code: province.code,
    name: province.name,
    level: 'province',
    provinceCode: province.code,
    timeZone: province.timeZone,
    validFrom: province.validFrom ?? null,
    validTo: null,
    predecessor: province.predecessor ?? null,
    successor: null,
  };
}

/** The package writes regencies in capitals. */
function titleCase(name: string): string {
  return name.toLowerCase().replace(/(^|[\s-])\p{L}/gu, (start) => start.toUpperCase());
}
