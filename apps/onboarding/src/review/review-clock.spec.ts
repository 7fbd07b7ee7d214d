import { DECREES_OF_2020, WorkingTime } from '@idxcoop/platform';
import { dueOf, moved, paused, resumed, started } from './review-clock';

const wib = (text: string) => new Date(`${text}:00+07:00`);
const FIVE = { rules: '2020-10', workingDays: 5 };
const at = (knownAt: Date) => new WorkingTime(DECREES_OF_2020, knownAt, 'Asia/Jakarta');
const october = at(wib('2020-10-08T09:00'));

/** The due time of a case that was filed, and paused for each pair of instants. */
function dueAfter(filed: Date, ...pauses: [Date, Date][]): Date | null {
  const clock = pauses.reduce(
    (running, [from, to]) => resumed(paused(running, from), to, october),
    started(FIVE, filed, october),
  );
  return dueOf(clock, october);
}

describe('the clock of a review case', () => {
  it.each<[string, Date, [Date, Date][], Date]>([
    ['without a pause keeps the hour', wib('2020-10-12T10:30'), [], wib('2020-10-19T10:30')],
    [
      'of two working days moves by as much',
      wib('2020-10-12T10:30'),
      [[wib('2020-10-13T15:00'), wib('2020-10-15T15:00')]],
      wib('2020-10-21T10:30'),
    ],
    [
      'over the leave of October costs the working days in it only',
      wib('2020-10-26T10:30'),
      [[wib('2020-10-27T09:00'), wib('2020-11-02T09:00')]],
      // 22.5 hours were used: four days and 1.5 hours are left on Monday at 09:00.
      wib('2020-11-06T10:30'),
    ],
    [
      'ended by an answer on a Sunday goes on on Monday at 08:00',
      wib('2020-10-12T10:30'),
      [[wib('2020-10-14T10:30'), wib('2020-10-18T20:00')]],
      wib('2020-10-22T08:00'),
    ],
    [
      'twice adds up',
      wib('2020-10-12T10:30'),
      [
        [wib('2020-10-13T10:30'), wib('2020-10-14T10:30')],
        [wib('2020-10-15T10:30'), wib('2020-10-16T10:30')],
      ],
      wib('2020-10-21T10:30'),
    ],
    [
      'before the clock began uses nothing up',
      wib('2020-10-11T16:00'),
      [[wib('2020-10-11T18:00'), wib('2020-10-13T09:00')]],
      wib('2020-10-20T09:00'),
    ],
    [
      'asked in the last minute leaves that minute',
      wib('2020-10-12T10:30'),
      [[wib('2020-10-19T10:29'), wib('2020-10-22T08:00')]],
      wib('2020-10-22T08:01'),
    ],
    [
      'asked after the term leaves nothing, and nothing is taken back',
      wib('2020-10-12T10:30'),
      [[wib('2020-10-20T10:30'), wib('2020-10-22T08:00')]],
      wib('2020-10-22T08:00'),
    ],
  ])('with a pause %s', (_case, filed, pauses, due) => {
    expect(dueAfter(filed, ...pauses)).toEqual(due);
  });

  it('has no deadline while it stands', () => {
    const clock = started(FIVE, wib('2020-10-12T10:30'), october);
    expect(dueOf(paused(clock, wib('2020-10-13T10:30')), october)).toBeNull();
  });
});

describe(moved.name, () => {
  // Filed on Monday, 7 December: due on the 14th as known in November, on the 15th once election day is off.
  const clock = started(FIVE, wib('2020-12-07T09:00'), october);
  const known = (text: string) => dueOf(clock, at(wib(text))) as Date;

  it.each([
    [
      'moves on with a day off more',
      wib('2020-12-14T09:00'),
      known('2020-11-28T00:00'),
      wib('2020-12-08T09:00'),
      wib('2020-12-15T09:00'),
    ],
    [
      'moves back with a day off less',
      wib('2021-01-06T09:00'),
      wib('2020-12-31T09:00'),
      wib('2020-12-29T09:00'),
      wib('2020-12-31T09:00'),
    ],
    [
      'never moves back past now',
      wib('2021-01-06T09:00'),
      wib('2020-12-28T09:00'),
      wib('2020-12-29T09:00'),
      wib('2020-12-29T09:00'),
    ],
    [
      'stays once it has passed',
      wib('2020-12-14T09:00'),
      wib('2020-12-15T09:00'),
      wib('2020-12-14T10:00'),
      wib('2020-12-14T09:00'),
    ],
  ])('%s', (_case, dueAt, computed, now, expected) => {
    expect(moved(dueAt, computed, now)).toEqual(expected);
  });
});
