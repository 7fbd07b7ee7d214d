import { type CountChange, changesOf, EVERY_ZONE } from '../../apps/reporting/src/membership/changes';
import { FACT, type RecordedFact, type RecordedRevert } from '../../apps/reporting/src/membership/statement';
import { History } from '../../apps/reporting/src/progress/history';
import type { Zone } from '../../apps/reporting/src/progress/zones';

let made = 0;

/** A fact as the record keeps it, learnt when it became true unless a test says otherwise. */
export function fact(type: string, effectiveOn: string, more: Partial<RecordedFact> = {}): RecordedFact {
  made += 1;
  return {
    id: `fact-${String(made).padStart(6, '0')}`,
    type,
    cooperativeId: 'a',
    effectiveOn,
    knownAt: new Date(effectiveOn.length > 10 ? effectiveOn : `${effectiveOn}T05:00:00Z`),
    sequence: made,
    regionCode: '12.71.05.1003',
    cooperativeType: 'consumer',
    ...more,
  };
}

/** What an import said. */
export const imported = (effectiveOn: string, more: Partial<RecordedFact> = {}) =>
  fact(FACT.imported, effectiveOn, { importId: 'import', ...more });

/** A cooperative, and a record that may be found to be its duplicate. */
export interface Case {
  own: RecordedFact[];
  duplicate?: RecordedFact[];
  reverts?: RecordedRevert[];
}

/** What both add to the counts. */
export function all({ own, duplicate = [], reverts = [] }: Case): CountChange[] {
  const b = { cooperativeId: 'b', own: duplicate, duplicates: [], reverts };
  return [...changesOf({ cooperativeId: 'a', own, duplicates: duplicate.length ? [b] : [], reverts }), ...changesOf(b)];
}

/** How many count on a day, as known at an instant. */
export function count(
  changes: CountChange[],
  asOf: string,
  knownAt = '2099-01-01T00:00:00Z',
  zone: Zone = 'Asia/Jakarta',
  series = 'joined',
) {
  const known = changes.filter(
    (change) =>
      change.series === series && change.knownAt <= new Date(knownAt) && [EVERY_ZONE, zone].includes(change.zone),
  );
  return History.ofChanges(known).levelOn(asOf);
}
