import { all, type Case, count, fact, imported } from '../../../../test/support/recorded-facts';
import { History } from '../progress/history';
import type { Zone } from '../progress/zones';
import { type CountChange, changesOf } from './changes';
import { FACT } from './statement';

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
      'dissolution closes on its day, whenever that is told',
      {
        own: [
          fact(FACT.verified, '2020-10-26'),
          fact(FACT.dissolved, '2020-10-28', { knownAt: new Date('2020-10-31T05:00:00Z') }),
        ],
      },
      '26 27',
    ],
    [
      'a merger closes for good: nothing that is said of later days reopens it',
      {
        own: [
          fact(FACT.verified, '2020-10-26'),
          fact(FACT.merged, '2020-10-28'),
          fact(FACT.verified, '2020-10-29'),
          imported('2020-10-30', { declaredReadyOn: '2020-10-30' }),
        ],
      },
      '26 27',
    ],
    [
      'what was dissolved before it was said to be ready never counted',
      { own: [imported('2020-10-28', { declaredReadyOn: '2020-10-28' }), fact(FACT.dissolved, '2020-10-01')] },
      '',
    ],
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

  describe('of an import that was rolled back and loaded again', () => {
    const known = new Date('2020-09-15T03:00:00Z');
    const [t2, t3] = ['2020-10-20T03:00:00Z', '2020-10-25T03:00:00Z'];
    const load = (importId: string, sequence: number) =>
      imported('2020-09-15', { importId, declaredReadyOn: '2020-09-15', knownAt: known, sequence });
    const revert = { importId: 'I1', knownAt: new Date(t2) };
    const stories: [string, Case][] = [
      ['loaded', { own: [load('I1', 1)] }],
      ['reverted', { own: [load('I1', 1)], reverts: [revert] }],
      ['loaded again', { own: [load('I1', 1), load('I2', 2)], reverts: [revert] }],
    ];

    it.each<[number, string, string, number, number, number]>([
      // as the record stood after:      asOf          knownAt                  I1  reverted  I2
      [1, '2020-10-08', '2020-10-08T16:59:59.999Z', 1, 1, 1],
      [2, '2020-10-08', '2020-09-15T02:59:59.999Z', 0, 0, 0],
      [3, '2020-09-14', t3, 0, 0, 0],
      [4, '2020-10-08', '2020-10-20T02:59:59.999Z', 1, 1, 1],
      // The second load was known on 15 September too, so between the two it reads as if it had been there.
      [5, '2020-10-08', t2, 1, 0, 1],
      [6, '2020-10-22', '2020-10-22T16:59:59.999Z', 1, 0, 1],
      [7, '2020-10-31', t3, 1, 0, 1],
    ])('counts it once (%d: asOf %s, knownAt %s)', (_row, asOf, knownAt, ...counts) => {
      expect(stories.map(([, facts]) => count(all(facts), asOf, knownAt))).toEqual(counts);
    });

    it('counts it once where the second load says when it really became known', () => {
      const second = imported('2020-09-15', { importId: 'I2', declaredReadyOn: '2020-09-15', knownAt: new Date(t3) });
      const changes = all({ own: [load('I1', 1), second], reverts: [revert] });
      expect(['2020-10-08T16:59:59.999Z', t2, t3].map((knownAt) => count(changes, '2020-10-08', knownAt))).toEqual([
        1, 0, 1,
      ]);
    });
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
