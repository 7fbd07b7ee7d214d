import { type Grade, gradeOn } from './grade';

describe(gradeOn.name, () => {
  it.each<[string, string, string | null, number[], Grade]>([
    ['A with the last three book years', '2020-10-08', '2009-02-01', [2017, 2018, 2019], 'A'],
    ['A, older ones do not matter', '2020-10-08', '2009-02-01', [2014, 2017, 2018, 2019], 'A'],
    ['B with two of the last three', '2020-10-08', '2009-02-01', [2018, 2019], 'B'],
    ['B whichever two', '2020-10-08', '2009-02-01', [2017, 2019], 'B'],
    ['B also without the last', '2020-10-08', '2009-02-01', [2017, 2018], 'B'],
    ['B also where it is young', '2020-10-08', '2018-01-05', [2018, 2019], 'B'],
    ['C1 with one, founded at most three years ago', '2020-10-08', '2017-10-08', [2019], 'C1'],
    ['C1 whichever year it was', '2020-10-08', '2017-10-08', [2018], 'C1'],
    ['no C1 a day later', '2020-10-09', '2017-10-08', [2018], 'D'],
    ['C2 with one, of the current year, where it is older', '2020-10-08', '2017-10-07', [2019], 'C2'],
    ['C2 where nobody knows when it was founded', '2020-10-08', null, [2019], 'C2'],
    ['D with one that is not of the current year', '2020-10-08', '2009-02-01', [2018], 'D'],
    ['D with none in three years', '2020-10-08', '2009-02-01', [2016], 'D'],
    ['D with none at all', '2020-10-08', '2019-02-01', [], 'D'],
    ['on 30 June the year before the last closed one is current', '2020-06-30', '2009-02-01', [2016, 2017, 2018], 'A'],
    ['from 1 July the last closed one counts, reported or not', '2020-07-01', '2009-02-01', [2016, 2017, 2018], 'B'],
    ['before 1 July it counts once it is reported', '2020-02-01', '2009-02-01', [2017, 2018, 2019], 'A'],
    ['a report in time moves the window on', '2020-02-01', '2009-02-01', [2016, 2017, 2019], 'B'],
    ['C2 before July with the year before', '2020-03-01', '2009-02-01', [2018], 'C2'],
    ['D from July with that one alone', '2020-07-01', '2009-02-01', [2018], 'D'],
    ['on the leap day three years are over on 28 February', '2023-02-28', '2020-02-29', [2021], 'C1'],
    ['and not a day later', '2023-03-01', '2020-02-29', [2021], 'C2'],
  ])('is %s', (_rule, day, foundedOn, bookYears, grade) => {
    expect(gradeOn(day, { foundedOn, bookYears })).toBe(grade);
  });
});
