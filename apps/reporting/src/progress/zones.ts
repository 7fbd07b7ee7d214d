/** The zones that the country counts its days in. Memberships are folded for each of them. */
export const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;
export type Zone = (typeof ZONES)[number];

/** The zone of officers' uploads, statistics and decrees. */
export const NATIONAL_ZONE: Zone = 'Asia/Jakarta';

const SAME_CLOCK: Readonly<Record<string, Zone>> = {
  'Asia/Pontianak': 'Asia/Jakarta',
  'Asia/Ujung_Pandang': 'Asia/Makassar',
};

/** What a target may name: the three zones and the two other names of theirs. */
export const ZONE_NAMES: readonly string[] = [...ZONES, ...Object.keys(SAME_CLOCK)];

/** The folded zone whose clock a named zone keeps. */
export function foldedZone(name: string): Zone {
  const zone = ZONES.find((known) => known === name) ?? SAME_CLOCK[name];
  if (!zone) throw new Error(`no memberships are folded for the zone ${name}`);
  return zone;
}
