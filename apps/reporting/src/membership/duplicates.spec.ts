import { all, type Case, count, fact } from '../../../../test/support/recorded-facts';
import { History } from '../progress/history';
import { changesOf } from './changes';
import { FACT } from './statement';

describe(changesOf.name, () => {
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
});
