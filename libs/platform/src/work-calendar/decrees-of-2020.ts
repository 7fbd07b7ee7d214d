import { type CalendarVersion, decreeKnownAt } from './calendar-version';

const OCTOBER_LEAVE = ['2020-10-28', '2020-10-29', '2020-10-30'];
const ELECTION_DAY = '2020-12-09';

/**
 * The joint ministerial decrees of 2020, as reported by setkab.go.id: the calendar that every service starts with. Before
 * 28 October the list holds no weekday, because October had none; of the months before it nothing is claimed.
 */
export const DECREES_OF_2020: readonly CalendarVersion[] = [
  decree('2020-05-20', [
    ...OCTOBER_LEAVE,
    ...['2020-12-24', '2020-12-25', '2020-12-28', '2020-12-29', '2020-12-30', '2020-12-31'],
  ]),
  // The regional election became a day off.
  decree('2020-11-27', [
    ...[...OCTOBER_LEAVE, ELECTION_DAY],
    ...['2020-12-24', '2020-12-25', '2020-12-28', '2020-12-29', '2020-12-30', '2020-12-31'],
  ]),
  // Three days of collective leave were cancelled.
  decree('2020-12-01', [...OCTOBER_LEAVE, ELECTION_DAY, '2020-12-24', '2020-12-25', '2020-12-31']),
];

function decree(effectiveFrom: string, daysOff: string[]): CalendarVersion {
  return {
    effectiveFrom,
    knownAt: decreeKnownAt(effectiveFrom),
    coversFrom: '2020-10-01',
    coversTo: '2020-12-31',
    daysOff: new Set(daysOff),
  };
}
