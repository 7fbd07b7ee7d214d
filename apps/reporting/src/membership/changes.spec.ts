import type { Zone } from '../progress/zones';
import { History } from '../progress/history';
import { type CountChange, changesOf, EVERY_ZONE } from './changes';
import { FACT, type RecordedFact, type RecordedRevert } from './statement';

let made = 0;

function fact(type: string, effectiveOn: string, more: Partial<RecordedFact> = {}): RecordedFact {
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

const imported = (effectiveOn: string, more: Partial<RecordedFact> = {}) =>
  fact(FACT.imported, effectiveOn, { importId: 'import', ...more });

interface Case {
  own: RecordedFact[];
  duplicate?: RecordedFact[];
  reverts?: RecordedRevert[];
}

function all({ own, duplicate = [], reverts = [] }: Case): CountChange[] {
  const b = { cooperativeId: 'b', own: duplicate, duplicates: [], reverts };
  return [...changesOf({ cooperativeId: 'a', own, duplicates: duplicate.length ? [b] : [], reverts }), ...changesOf(b)];
}

function count(
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

/** The days of October on which something counts. */
function days(changes: CountChange[], knownAt?: string): string {
  return Array.from({ length: 31 }, (_, index) => index + 1)
    .filter((day) => count(changes, `2020-10-${String(day).padStart(2, '0')}`, knownAt) > 0)
    .join(' ');
}

describe(changesOf.name, () => {
  it.each<[string, Case, string]>([
    ['a registration alone does not join', { own: [fact(FACT.registered, '2020-10-28')] }, ''],
    ['verification joins', { own: [fact(FACT.verified, '2020-10-29')] }, '29 30 31'],
    ['declared ready joins', { own: [imported('2020-10-30', { declaredReadyOn: '2020-10-30' })] }, '30 31'],
    [
      'the earlier of both joins',
      { own: [imported('2020-10-29', { declaredReadyOn: '2020-10-30', verifiedOn: '2020-10-29' })] },
      '29 30 31',
    ],
    [
      'the day of a withdrawal no longer counts, and a later verification reopens',
      {
        own: [
          fact(FACT.verified, '2020-10-26'),
          fact(FACT.withdrawn, '2020-10-28T03:00:00Z'),
          fact(FACT.verified, '2020-10-30T03:00:00Z'),
        ],
      },
      '26 27 30 31',
    ],
    [
      'rejection closes',
      { own: [imported('2020-10-28', { declaredReadyOn: '2020-10-28' }), fact(FACT.rejected, '2020-10-30')] },
      '28 29',
    ],
    ['lapse closes', { own: [fact(FACT.verified, '2020-10-28'), fact(FACT.lapsed, '2020-10-29')] }, '28'],
    [
      'closing and reopening on one day leaves no gap',
      {
        own: [
          fact(FACT.verified, '2020-10-28'),
          fact(FACT.withdrawn, '2020-10-29T02:00:00Z'),
          fact(FACT.verified, '2020-10-29T08:00:00Z'),
        ],
      },
      '28 29 30 31',
    ],
    [
      'verified and withdrawn on one day never counted',
      { own: [fact(FACT.verified, '2020-10-29T02:00:00Z'), fact(FACT.withdrawn, '2020-10-29T08:00:00Z')] },
      '',
    ],
    [
      'facts in the wrong order come to the same',
      {
        own: [
          fact(FACT.verified, '2020-10-30T03:00:00Z'),
          fact(FACT.withdrawn, '2020-10-28T03:00:00Z'),
          fact(FACT.verified, '2020-10-26T03:00:00Z'),
        ],
      },
      '26 27 30 31',
    ],
    [
      'readiness that is declared after a withdrawal does not reopen',
      {
        own: [
          fact(FACT.verified, '2020-10-26'),
          fact(FACT.withdrawn, '2020-10-28'),
          imported('2020-10-30', { declaredReadyOn: '2020-10-30' }),
        ],
      },
      '26 27',
    ],
  ])('%s', (_name, facts, expected) => {
    expect(days(all(facts))).toBe(expected);
  });

  it('says nothing of what never counted', () => {
    const own = [fact(FACT.verified, '2020-10-29T02:00:00Z'), fact(FACT.withdrawn, '2020-10-29T08:00:00Z')];
    const known = all({ own }).filter(({ series }) => series === 'joined');
    expect(History.ofChanges(known).steps).toEqual([]);
  });

  it('lets an old knowledge stay blind for what came later', () => {
    const changes = all({
      own: [imported('2020-10-08', { declaredReadyOn: '2020-10-08', knownAt: new Date('2020-11-01T00:00:00Z') })],
    });
    expect(count(changes, '2020-10-08', '2020-10-31T23:59:59.999Z')).toBe(0);
    expect(count(changes, '2020-10-08', '2020-11-01T00:00:00Z')).toBe(1);
  });

  it('takes a reverted import away for every day, from its knownAt on', () => {
    const changes = all({
      own: [imported('2020-10-08', { declaredReadyOn: '2020-10-08' })],
      reverts: [{ importId: 'import', knownAt: new Date('2020-10-20T03:00:00Z') }],
    });
    expect(count(changes, '2020-10-31', '2020-10-20T02:59:59.999Z')).toBe(1);
    expect(count(changes, '2020-10-08', '2020-10-20T03:00:00Z')).toBe(0);
    expect(count(changes, '2020-10-31', undefined, 'Asia/Jakarta', 'registered')).toBe(0);
  });

  it('leaves what others said when an import is reverted', () => {
    const changes = all({
      own: [imported('2020-10-08', { declaredReadyOn: '2020-10-08' }), fact(FACT.verified, '2020-10-12')],
      reverts: [{ importId: 'import', knownAt: new Date('2020-10-20T03:00:00Z') }],
    });
    expect(days(changes, '2020-10-15T00:00:00Z').slice(0, 5)).toBe('8 9 1');
    expect(days(changes).slice(0, 5)).toBe('12 13');
  });

  it('replaces a date that a later import states again', () => {
    const changes = all({
      own: [
        imported('2020-10-08', { declaredReadyOn: '2020-10-08' }),
        imported('2020-10-28', {
          importId: 'other',
          declaredReadyOn: '2020-10-28',
          knownAt: new Date('2020-10-29T00:00:00Z'),
        }),
      ],
    });
    expect(days(changes)).toBe('28 29 30 31');
    expect(count(changes, '2020-10-08', '2020-10-28T00:00:00Z')).toBe(1);
  });

  describe('a duplicate', () => {
    const decision = () => fact(FACT.duplicate, '2020-10-20', { cooperativeId: 'b', survivorId: 'a' });
    const joinedB = (on: string) => fact(FACT.verified, on, { cooperativeId: 'b', regionCode: '32.04' });

    it.each<[string, Case, [before: number, after: number]]>([
      [
        'both counted',
        { own: [fact(FACT.verified, '2020-10-01')], duplicate: [joinedB('2020-10-02'), decision()] },
        [2, 1],
      ],
      [
        'only the duplicate counted',
        { own: [fact(FACT.registered, '2020-10-01')], duplicate: [joinedB('2020-10-02'), decision()] },
        [1, 1],
      ],
      ['only the survivor counted', { own: [fact(FACT.verified, '2020-10-01')], duplicate: [decision()] }, [1, 1]],
      ['none counted', { own: [fact(FACT.registered, '2020-10-01')], duplicate: [decision()] }, [0, 0]],
    ])('where %s', (_name, facts, expected) => {
      const changes = all(facts);
      expect([count(changes, '2020-10-19'), count(changes, '2020-10-20')]).toEqual(expected);
    });

    it('moves to the area of the survivor without being an arrival', () => {
      const changes = all({
        own: [fact(FACT.registered, '2020-10-01')],
        duplicate: [joinedB('2020-10-02'), decision()],
      });
      const joined = changes.filter((change) => change.series === 'joined');
      expect(joined.filter((change) => change.day === '2020-10-20' && change.opened !== 0)).toEqual([]);
      expect(History.ofChanges(joined.filter((change) => change.area === '12.71')).levelOn('2020-10-20')).toBe(1);
      expect(History.ofChanges(joined.filter((change) => change.area === '32.04')).levelOn('2020-10-20')).toBe(0);
    });

    it('that left on the day of the decision brings nothing', () => {
      const left = fact(FACT.withdrawn, '2020-10-20', { cooperativeId: 'b' });
      const own = [fact(FACT.registered, '2020-10-01')];
      expect(count(all({ own, duplicate: [joinedB('2020-10-02'), left, decision()] }), '2020-10-20')).toBe(0);
    });

    it('that joins on the day of the decision is an arrival of the survivor', () => {
      const changes = all({
        own: [fact(FACT.registered, '2020-10-01')],
        duplicate: [joinedB('2020-10-20'), decision()],
      });
      const opened = changes.filter(({ series, opened }) => series === 'joined' && opened > 0);
      expect(opened).toMatchObject([{ day: '2020-10-20', area: '12.71' }]);
      expect(count(changes, '2020-10-20')).toBe(1);
    });

    it('belongs to the survivor that was decided last', () => {
      const own = [fact(FACT.registered, '2020-10-01')];
      const other = fact(FACT.duplicate, '2020-10-22', { cooperativeId: 'b', survivorId: 'c' });
      expect(count(all({ own, duplicate: [joinedB('2020-10-02'), decision(), other] }), '2020-10-25')).toBe(0);
    });

    it('goes with the survivor when that withdraws', () => {
      const own = [fact(FACT.registered, '2020-10-01'), fact(FACT.withdrawn, '2020-10-25')];
      const changes = all({ own, duplicate: [joinedB('2020-10-02'), decision()] });
      expect([count(changes, '2020-10-24'), count(changes, '2020-10-25')]).toEqual([1, 0]);
    });

    it('is carried on to the survivor of its survivor', () => {
      const none = { duplicates: [], reverts: [] };
      const c = {
        cooperativeId: 'c',
        own: [fact(FACT.verified, '2020-10-02'), fact(FACT.duplicate, '2020-10-10', { survivorId: 'b' })],
        ...none,
      };
      const b = {
        ...none,
        cooperativeId: 'b',
        own: [fact(FACT.registered, '2020-10-01'), decision()],
        duplicates: [c],
      };
      const a = { ...none, cooperativeId: 'a', own: [fact(FACT.registered, '2020-10-01')], duplicates: [b] };
      const changes = [a, b, c].flatMap(changesOf);
      expect(['2020-10-05', '2020-10-15', '2020-10-25'].map((day) => count(changes, day))).toEqual([1, 1, 1]);
      expect(['2020-10-19', '2020-10-20'].map((day) => count(changesOf(a), day))).toEqual([0, 1]);
    });

    it('is counted once in the funnel', () => {
      const own = [fact(FACT.registered, '2020-10-01')];
      const changes = all({
        own,
        duplicate: [fact(FACT.registered, '2020-10-02', { cooperativeId: 'b' }), joinedB('2020-10-03'), decision()],
      });
      const funnel = (day: string) =>
        ['registered', 'verified'].map((stage) => count(changes, day, undefined, 'Asia/Jakarta', stage));
      expect([funnel('2020-10-19'), funnel('2020-10-20')]).toEqual([
        [2, 1],
        [1, 1],
      ]);
    });
  });

  it.each<[Zone, string]>([
    ['Asia/Jakarta', '2020-10-08'],
    ['Asia/Makassar', '2020-10-09'],
    ['Asia/Jayapura', '2020-10-09'],
  ])('counts an instant on its day in %s and a civil day as it stands', (zone, first) => {
    const instant = all({ own: [fact(FACT.verified, '2020-10-08T16:30:00Z')] });
    expect(count(instant, '2020-10-08', undefined, zone)).toBe(first === '2020-10-08' ? 1 : 0);
    expect(count(instant, '2020-10-09', undefined, zone)).toBe(1);
    const civil = all({ own: [fact(FACT.verified, '2020-10-08')] });
    expect(count(civil, '2020-10-08', undefined, zone)).toBe(1);
  });

  it('counts each stage with those that reached a later one', () => {
    const changes = all({
      own: [fact(FACT.registered, '2020-10-01'), fact(FACT.submitted, '2020-10-05'), fact(FACT.verified, '2020-10-09')],
    });
    const funnel = ['registered', 'contactVerified', 'submitted', 'verified', 'active'].map((stage) =>
      ['2020-10-01', '2020-10-05', '2020-10-09'].map((day) => count(changes, day, undefined, 'Asia/Jakarta', stage)),
    );
    expect(funnel).toEqual([
      [1, 1, 1],
      [0, 1, 1],
      [0, 1, 1],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });
});
