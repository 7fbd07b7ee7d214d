import { type Candidate, leastLoaded } from './least-loaded';

const ani: Candidate = { id: 'a', territory: '12.71' };
const budi: Candidate = { id: 'b', territory: '12.71' };
const citra: Candidate = { id: 'c', territory: '12' };
const dewi: Candidate = { id: 'd', territory: 'ID' };
const eko: Candidate = { id: 'e', territory: '12.71.05' };
const loads = (entries: Record<string, number>) => new Map(Object.entries(entries));

describe(leastLoaded.name, () => {
  it.each<[string, Candidate[], string, Record<string, number>, Candidate | undefined]>([
    ['the one with fewer cases', [ani, budi], '12.71', { a: 3, b: 2 }, budi],
    ['the one without any', [ani, budi], '12.71', { a: 1 }, budi],
    ['of equals the first', [budi, ani], '12.71', { a: 2, b: 2 }, ani],
    ['the nearest office, however much it has to do', [citra, ani], '12.71', { a: 9 }, ani],
    ['the province where the regency has nobody', [citra, dewi], '12.71', {}, citra],
    ['the ministry where nobody else is', [dewi, { ...ani, territory: '13.71' }], '12.71', {}, dewi],
    ['nobody of a regency for a case of the province', [ani, citra], '12', { c: 9 }, citra],
    ['nobody of a district for a case of the regency', [eko], '12.71', {}, undefined],
    ['only the nation for the ministry', [ani, citra], 'ID', {}, undefined],
    ['nobody of a code that only begins alike', [{ id: 'x', territory: '1' }], '12.71', {}, undefined],
    ['nobody where there is nobody', [], '12.71', {}, undefined],
  ])('takes %s', (_case, candidates, officeCode, counts, expected) => {
    expect(leastLoaded(candidates, officeCode, loads(counts))).toEqual(expected);
  });
});
