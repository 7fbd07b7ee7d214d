import { coreName, marksOfName } from './core-name';
import { jaroWinkler } from './jaro-winkler';
import { type Matched, regencyOf } from './match-marks';
import { websiteKey } from './website-key';

export const BANDS = ['strong', 'review'] as const;
export type Band = (typeof BANDS)[number];

export type Signal = 'same_village' | 'same_core_name' | 'similar_name' | 'same_website' | 'same_contact';

export interface Likeness {
  band: Band;
  score: number;
  signals: Signal[];
}

/** What is known about the names of villages. */
export interface Places {
  namedIn(core: string, regency: string): string;
  isOne(text: string): boolean;
}

/** From here on two core names are alike. */
export const ALIKE = 0.92;

const VILLAGE_LENGTH = '12.71.05.1003'.length;

/** Whether two cooperatives may be one: the band, and what speaks for it; null where nothing does. */
export function likeness(a: Matched, b: Matched, sameContact: boolean, places: Places): Likeness | null {
  const regency = regencyOf(a.regionCode);
  if (!regency || regency !== regencyOf(b.regionCode)) return null;
  const [coreA, coreB] = [coreName(a.name), coreName(b.name)];
  const isSame = coreA === coreB;
  const sameVillage = a.regionCode === b.regionCode && a.regionCode.length === VILLAGE_LENGTH;
  const site = a.website ? websiteKey(a.website) : undefined;
  const second: Signal[] = [
    ...(site && b.website && site === websiteKey(b.website) ? ['same_website' as const] : []),
    ...(sameContact ? ['same_contact' as const] : []),
  ];
  if (isSame) {
    const signals: Signal[] = [...(sameVillage ? ['same_village' as const] : []), 'same_core_name', ...second];
    return { band: sameVillage ? 'strong' : 'review', score: 1, signals };
  }
  if (second.length === 0 || areDifferent(coreA, coreB, regency, places)) return null;
  const score = jaroWinkler(coreA, coreB);
  if (score < ALIKE) return null;
  return { band: 'review', score: Math.round(score * 10_000) / 10_000, signals: ['similar_name', ...second] };
}

/** Numerals, letters that stand alone and villages are no matter of likeness: they are the same or they are not. */
function areDifferent(a: string, b: string, regency: string, places: Places): boolean {
  if (marksOfName(a) !== marksOfName(b)) return true;
  if (places.namedIn(a, regency) !== places.namedIn(b, regency)) return true;
  // A village of elsewhere in the place of another, or one too many.
  const [onlyA, onlyB] = [without(a, b), without(b, a)];
  return [onlyA, onlyB].every((words) => words === '' || places.isOne(words)) && onlyA + onlyB !== '';
}

function without(a: string, b: string): string {
  const others = new Set(b.split(' '));
  return a
    .split(' ')
    .filter((word) => !others.has(word))
    .join(' ');
}
