/** Somebody in office who may take a case. */
export interface Candidate {
  id: string;
  territory: string;
}

/** How deep a territory lies: the country 0, `12` 1, `12.71` 2. */
function depthOf(territory: string): number {
  return territory === 'ID' ? 0 : territory.split('.').length;
}

/** Whether an office lies in a territory. */
export function coversOffice(territory: string, officeCode: string): boolean {
  return territory === 'ID' || officeCode === territory || officeCode.startsWith(`${territory}.`);
}

/**
 * Who takes a case of an office: of the nearest territory in which somebody is there, the one with the fewest open cases; of
 * several the one who was there first.
 */
export function leastLoaded<T extends Candidate>(
  candidates: readonly T[],
  officeCode: string,
  loads: ReadonlyMap<string, number>,
): T | undefined {
  const covering = candidates.filter(({ territory }) => coversOffice(territory, officeCode));
  const nearest = Math.max(...covering.map(({ territory }) => depthOf(territory)));
  const loadOf = ({ id }: T) => loads.get(id) ?? 0;
  return covering
    .filter(({ territory }) => depthOf(territory) === nearest)
    .sort((a, b) => loadOf(a) - loadOf(b) || (a.id < b.id ? -1 : 1))[0];
}
