import * as fc from 'fast-check';
import { changesByDefinition, intervalsOf } from '../../../../test/support/changes-by-definition';
import { addDays } from '../progress/day';
import { History } from '../progress/history';
import { ZONES } from '../progress/zones';
import { type CooperativeFacts, changesOf, EVERY_ZONE, JOINED } from './changes';
import { decisionOf, FACT, heldAt, type RecordedFact, type RecordedRevert } from './statement';

const FIRST = '2020-10-01';
const LAST_DAY = 12;

const day = fc.integer({ min: 0, max: LAST_DAY }).map((offset) => addDays(FIRST, offset));
/** Often just before or after midnight of one of the zones. */
const instant = fc
  .tuple(day, fc.constantFrom('03:00:00', '14:59:59', '15:00:00', '16:00:00', '16:30:00', '17:00:00'))
  .map(([on, time]) => `${on}T${time}.000Z`);
const effectiveOn = fc.oneof(day, instant);

function factOf(cooperativeId: string): fc.Arbitrary<Omit<RecordedFact, 'id' | 'sequence'>> {
  const common = {
    cooperativeId: fc.constant(cooperativeId),
    effectiveOn,
    knownAt: instant.map((text) => new Date(text)),
    regionCode: fc.constantFrom('12.71', '32.73'),
    cooperativeType: fc.constant('consumer'),
  };
  const plain = fc.record({
    ...common,
    type: fc.constantFrom(FACT.registered, FACT.verified, FACT.withdrawn, FACT.rejected),
  });
  const imported = fc.record(
    {
      ...common,
      type: fc.constant(FACT.imported),
      importId: fc.constantFrom('i1', 'i2'),
      declaredReadyOn: day,
      verifiedOn: day,
    },
    { requiredKeys: ['cooperativeId', 'effectiveOn', 'knownAt', 'regionCode', 'cooperativeType', 'type', 'importId'] },
  );
  return fc.oneof(plain, imported);
}

function numbered(facts: Omit<RecordedFact, 'id' | 'sequence'>[], prefix: string): RecordedFact[] {
  return facts.map((fact, index) => ({
    ...fact,
    id: `${prefix}-${String(index).padStart(3, '0')}`,
    sequence: index + 1,
  }));
}

const reverts: fc.Arbitrary<RecordedRevert[]> = fc.array(
  fc.record({ importId: fc.constantFrom('i1', 'i2'), knownAt: instant.map((text) => new Date(text)) }),
  { maxLength: 2 },
);

/** A cooperative and a record that may have been found to be its duplicate. */
const pair: fc.Arbitrary<CooperativeFacts> = fc
  .record({
    own: fc.array(factOf('a'), { maxLength: 5 }),
    other: fc.array(factOf('b'), { maxLength: 4 }),
    decision: fc.option(fc.record({ effectiveOn, knownAt: instant.map((text) => new Date(text)) })),
    reverts,
  })
  .map(({ own, other, decision, reverts: reverted }) => {
    const found = decision && {
      ...{
        cooperativeId: 'b',
        type: FACT.duplicate,
        survivorId: 'a',
        regionCode: '32.73',
        cooperativeType: 'consumer',
      },
      ...decision,
    };
    const b = {
      cooperativeId: 'b',
      own: numbered([...other, ...(found ? [found] : [])], 'b'),
      duplicates: [],
      reverts: reverted,
    };
    return { cooperativeId: 'a', own: numbered(own, 'a'), duplicates: [b], reverts: reverted };
  });

/** Whatever a record may say, all within a few days. */
const anyFact = (cooperativeId: string) =>
  fc
    .tuple(
      factOf(cooperativeId),
      fc.option(fc.constantFrom(...Object.values(FACT).filter((type) => type !== FACT.reverted)), { freq: 2 }),
      fc.constantFrom('a', 'b'),
      fc.option(fc.constantFrom('i1', 'i2'), { freq: 2 }),
    )
    .map(([fact, type, survivorId, importId]) => ({
      ...fact,
      ...(importId ? { importId } : {}),
      ...(type ? { type } : {}),
      ...(type === FACT.duplicate ? { survivorId } : {}),
    }));

const recordOf = (id: string, ...duplicates: fc.Arbitrary<CooperativeFacts>[]): fc.Arbitrary<CooperativeFacts> =>
  fc
    .record({ own: fc.array(anyFact(id), { maxLength: 8 }), reverts, duplicates: fc.tuple(...duplicates) })
    .map((record) => ({ ...record, cooperativeId: id, own: numbered(record.own, id) }));

/** A record that others were merged into, and another into one of those. */
const chain = recordOf('a', recordOf('b', recordOf('c')), recordOf('d'));

/** What an applicant, or an officer, can repeat for as long as they like. */
const LOOPS: Record<string, string[]> = {
  'submitting and withdrawing': [FACT.submitted, FACT.withdrawn],
  'verifying and withdrawing': [FACT.verified, FACT.withdrawn],
};

function loop(types: readonly string[], length: number): CooperativeFacts {
  const own = Array.from({ length }, (_, index): RecordedFact => {
    const knownAt = new Date(Date.parse('2020-10-01T00:00:00Z') + index * 40_000_000);
    return {
      ...{ id: `f-${index}`, type: types[index % types.length] as string, cooperativeId: 'a', sequence: index + 1 },
      ...{ effectiveOn: knownAt.toISOString(), knownAt, regionCode: '12.71', cooperativeType: 'consumer' },
    };
  });
  return { cooperativeId: 'a', own, duplicates: [], reverts: [] };
}

/** Whether the cooperative counts, straight from what is known. */
function counts(facts: CooperativeFacts, asOf: string, knownAt: Date, zone: (typeof ZONES)[number]): boolean {
  const own = heldAt(knownAt, facts.own, facts.reverts);
  if (own.length === 0) return false;
  const absorbed = facts.duplicates.flatMap((record) => {
    const duplicate = { own: heldAt(knownAt, record.own, record.reverts), absorbed: [] };
    const decision = decisionOf(duplicate.own);
    return decision?.survivorId === facts.cooperativeId ? [{ decision, duplicate }] : [];
  });
  return intervalsOf({ own, absorbed }, zone).some(({ from, to }) => from <= asOf && (to === null || asOf < to));
}

const questions = fc.array(fc.tuple(day, instant, fc.constantFrom(...ZONES)), { minLength: 1, maxLength: 10 });

describe(changesOf.name, () => {
  it('adds up, in both times and every zone, to what is known then', () => {
    fc.assert(
      fc.property(pair, questions, (facts, asked) => {
        const changes = changesOf(facts).filter(({ series }) => series === JOINED);
        for (const [asOf, known, zone] of asked) {
          const knownAt = new Date(known);
          const relevant = changes.filter(
            (change) => change.knownAt <= knownAt && [EVERY_ZONE, zone].includes(change.zone),
          );
          expect(History.ofChanges(relevant).levelOn(asOf)).toBe(counts(facts, asOf, knownAt, zone) ? 1 : 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is what the definition says of each instant', () => {
    fc.assert(
      fc.property(chain, (facts) => {
        expect(changesOf(facts)).toEqual(changesByDefinition(facts));
        expect(JSON.stringify(changesOf(facts))).toBe(JSON.stringify(changesByDefinition(facts)));
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.entries(LOOPS))('takes a moment for two thousand facts of %s', (_loop, types) => {
    const facts = loop(types, 2_000);
    changesOf(loop(types, 200));
    const start = process.cpuUsage();
    changesOf(facts);
    const { user, system } = process.cpuUsage(start);
    // Time of this process, whatever else the machine does: a tenth of it where nothing does; over a minute anew at each instant.
    expect((user + system) / 1_000).toBeLessThan(1_500);
  });

  it('comes to the same whatever order the facts arrived in', () => {
    fc.assert(
      fc.property(pair, (facts) => {
        const reversed = {
          ...facts,
          own: [...facts.own].reverse(),
          duplicates: facts.duplicates.map((record) => ({ ...record, own: [...record.own].reverse() })),
        };
        expect(JSON.stringify(changesOf(reversed))).toBe(JSON.stringify(changesOf(facts)));
      }),
      { numRuns: 300 },
    );
  });
});
