import { coreName } from './core-name';
import { websiteKey } from './website-key';

/** What a cooperative is matched by. */
export interface Matched {
  name: string;
  regionCode: string;
  website?: string;
}

/** The regency of a region code; undefined for a whole province. */
export function regencyOf(regionCode: string): string | undefined {
  return regionCode.length >= 5 ? regionCode.slice(0, 5) : undefined;
}

/** The mark of a core name in a regency. */
export function nameMark(regency: string, core: string): string {
  return `${regency}|name|${core}`;
}

/**
 * The marks under which possible doubles are found. A likeness counts only with a second signal, and every second signal is an
 * equality within the regency; so nothing is ever compared with all others: an index of marks gives the few that can match.
 */
export function matchMarks({ name, regionCode, website }: Matched): string[] {
  const regency = regencyOf(regionCode);
  if (!regency) return [];
  const site = website ? websiteKey(website) : undefined;
  return [nameMark(regency, coreName(name)), ...(site ? [`${regency}|site|${site}`] : [])];
}
