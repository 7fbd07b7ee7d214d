import type { ReviewOffice } from '@idxcoop/contracts';
import type { Regions } from '@idxcoop/platform';

/** The office whose turn it is, by its territory: `12.71`, `12`, or `ID` for the ministry. */
export interface Office {
  level: ReviewOffice;
  code: string;
}

export const MINISTRY: Office = { level: 'ministry', code: 'ID' };
const CAPITAL_ZONE = 'Asia/Jakarta';

/**
 * Who receives the application of a cooperative: members inside one regency → that office; across the regencies of one province
 * → the province; across provinces → the ministry. Without membership regions its seat counts.
 */
export function officeOf(
  { regionCode, membershipRegions }: { regionCode: string; membershipRegions?: readonly string[] },
  regions: Pick<Regions, 'resolve'>,
): Office {
  const codes = membershipRegions?.length ? membershipRegions : [regionCode];
  const current = codes.map((code) => regions.resolve(code) ?? code);
  if (current.includes('ID')) return MINISTRY;
  const [regency, ...others] = new Set(current.map((code) => code.split('.').slice(0, 2).join('.')));
  if (regency && others.length === 0) return officeAt(regency);
  const [province, ...more] = new Set(current.map((code) => code.slice(0, 2)));
  return province && more.length === 0 ? officeAt(province) : MINISTRY;
}

/** The office above one; null above the ministry. */
export function officeAbove({ level, code }: Office): Office | null {
  if (level === 'ministry') return null;
  return level === 'regency' ? officeAt(code.slice(0, 2)) : MINISTRY;
}

/** The clock on the wall of an office. */
export function zoneOf({ code }: Office, regions: Pick<Regions, 'find'>): string {
  return regions.find(code)?.timeZone ?? CAPITAL_ZONE;
}

function officeAt(code: string): Office {
  return { level: code.includes('.') ? 'regency' : 'province', code };
}
