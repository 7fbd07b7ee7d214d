import type { Regions } from '@idxcoop/platform';

/** The clock by which a person there sleeps; who is responsible for the whole country lives by that of the capital. */
export function timeZoneOf(regions: Pick<Regions, 'find'>, regionCode: string): string {
  return regions.find(regionCode)?.timeZone ?? 'Asia/Jakarta';
}
