import { DECREES_OF_2020 } from '@idxcoop/platform';
import { addDays, closeOf, type Day } from './day';
import { History } from './history';
import { type PlanInForce, type ProgressInput, progressOf } from './progress';

const PLAN: PlanInForce = { value: 500, deadline: '2020-12-31', baseline: null, eligible: 123048, paused: false };

/** 310 at once, and then so many on each following day. */
function history(day: Day, level: number, following: number[] = []): History {
  return History.ofChanges([
    { day, opened: level, closed: 0 },
    ...following.map((opened, index) => ({ day: addDays(day, index + 1), opened, closed: 0 })),
  ]);
}

function progress(change: Partial<ProgressInput> = {}) {
  const asOf = change.asOf ?? '2020-10-08';
  const input = {
    plan: PLAN,
    asOf,
    knownAt: closeOf(asOf, 'Asia/Jakarta'),
    history: history('2020-10-08', 310),
    calendar: DECREES_OF_2020,
    rebaselined: false,
    stale: false,
    ...change,
  };
  return progressOf(input, 'id');
}

const since = (date: Day): Partial<ProgressInput> => ({ plan: { ...PLAN, baseline: { value: 0, date } } });

describe(progressOf.name, () => {
  it('computes the case of the article to the last digit', () => {
    expect(progress()).toEqual({
      actual: 310,
      remaining: 190,
      progressPercent: 62,
      coverage: { eligible: 123048, percent: 0.25 },
      days: { left: 84, workingLeft: 51, calendarVersion: '2020-05-20' },
      requiredPace: { perDay: 2.262, perWeek: 15.83, perWorkingDay: 3.73 },
      averagePace: null,
      recentPace: null,
      expected: null,
      indexPercent: null,
      bufferDays: null,
      linearDate: null,
      projectedAtDeadline: null,
      status: { state: 'insufficient_history', reason: expect.stringContaining('Riwayat belum cukup') },
      forecast: null,
      milestones: [
        { percent: 25, reachedOn: '2020-10-08' },
        { percent: 50, reachedOn: '2020-10-08' },
      ],
    });
  });

  it.each([
    ['2020-11-26', '2020-05-20', 51, 3.73],
    ['2020-11-27', '2020-11-27', 50, 3.8],
    ['2020-12-01', '2020-12-01', 53, 3.58],
    ['2026-11-24', '2020-12-01', 53, 3.58],
  ])('counts working days as they were known on %s', (knownDay, calendarVersion, workingLeft, perWorkingDay) => {
    const { days, requiredPace } = progress({ knownAt: closeOf(knownDay, 'Asia/Jakarta') });
    expect(days).toEqual({ left: 84, workingLeft, calendarVersion });
    expect(requiredPace.perWorkingDay).toBe(perWorkingDay);
  });

  it('knows no calendar before the first decree', () => {
    const { days } = progress({ knownAt: new Date('2020-05-20T16:59:59.998Z') });
    expect(days).toEqual({ left: 84, workingLeft: 60, calendarVersion: null, calendarCovers: false });
  });

  it('judges against a baseline of 1 August', () => {
    expect(progress(since('2020-08-01'))).toMatchObject({
      expected: 223.68,
      indexPercent: 138.6,
      bufferDays: 26.2,
      averagePace: { perDay: 4.559 },
      linearDate: '2020-11-19',
      projectedAtDeadline: 692.9,
      status: { state: 'on_track', reason: 'Capaian 138,6 % dari garis rencana.' },
    });
  });

  it('judges against a baseline of 1 January', () => {
    expect(progress(since('2020-01-01'))).toMatchObject({
      indexPercent: 80.5,
      bufferDays: -54.7,
      status: { state: 'at_risk' },
    });
  });

  it('clips what the average pace promises at the eligible population', () => {
    const plan = { ...PLAN, baseline: { value: 0, date: '2020-08-01' }, eligible: 600 };
    expect(progress({ plan }).projectedAtDeadline).toBe(600);
    expect(progress({ plan: { ...plan, eligible: 499 } }).linearDate).toBeNull();
  });

  it('has no quotients on the day of the deadline', () => {
    expect(progress({ asOf: '2020-12-31', ...since('2020-08-01') })).toMatchObject({
      days: { left: 0, workingLeft: 0 },
      requiredPace: { perDay: null, perWeek: null, perWorkingDay: null },
      expected: 500,
      indexPercent: 62,
      projectedAtDeadline: 310,
      status: { state: 'missed' },
      forecast: null,
    });
  });

  it('holds the line flat after the deadline', () => {
    expect(progress({ asOf: '2021-01-20', ...since('2020-08-01') })).toMatchObject({ expected: 500, indexPercent: 62 });
  });

  it.each([
    [500, 124, []],
    [500, 125, [25]],
    [10, 2, []],
    [10, 3, [25]],
  ])('of %d reaches with %d the milestones %j', (value, level, percents) => {
    const { milestones } = progress({ plan: { ...PLAN, value }, history: history('2020-10-08', level) });
    expect(milestones.map(({ percent }) => percent)).toEqual(percents);
  });

  it('counts milestones from the baseline, and keeps those that were lost again later', () => {
    const plan = { ...PLAN, value: 300, baseline: { value: 100, date: '2020-10-01' } };
    const dipped = History.ofChanges([
      { day: '2020-10-02', opened: 150, closed: 0 },
      { day: '2020-10-05', opened: 0, closed: 20 },
    ]);
    expect(progress({ plan, history: dipped }).milestones).toEqual([{ percent: 25, reachedOn: '2020-10-02' }]);
  });

  it('stays missed after the deadline and says when it was reached late', () => {
    const late = History.ofChanges([
      { day: '2020-10-08', opened: 310, closed: 0 },
      { day: '2021-01-15', opened: 190, closed: 0 },
    ]);
    expect(progress({ asOf: '2021-01-14', history: late }).status.state).toBe('missed');
    expect(progress({ asOf: '2021-02-01', history: late }).status).toMatchObject({
      state: 'achieved',
      achievedLateOn: '2021-01-15',
    });
  });

  it('has no index on the day of the baseline and none before it', () => {
    expect(progress(since('2020-10-08'))).toMatchObject({
      expected: 0,
      indexPercent: null,
      averagePace: null,
      status: {
        state: 'on_track',
        reason: 'Ini hari nilai awal (0): capaian 310; garis rencana dihitung mulai hari berikutnya.',
      },
    });
    const above = { plan: { ...PLAN, baseline: { value: 400, date: '2020-10-08' } } };
    expect(progress(above).status).toEqual({
      state: 'off_track',
      reason: 'Ini hari nilai awal, dan capaian 310 di bawah nilai awal 400.',
    });
    expect(progress(since('2020-10-09'))).toMatchObject({
      expected: null,
      indexPercent: null,
      bufferDays: null,
      averagePace: null,
      status: { state: 'not_started' },
    });
  });

  it('is achieved with nothing remaining', () => {
    expect(progress({ history: history('2020-10-08', 512) })).toMatchObject({
      actual: 512,
      remaining: 0,
      progressPercent: 102.4,
      requiredPace: { perDay: 0, perWeek: 0, perWorkingDay: 0 },
      status: { state: 'achieved' },
      milestones: [{ percent: 25 }, { percent: 50 }, { percent: 75 }, { percent: 100 }],
    });
  });

  it('lets a pause come before everything, and late data before history', () => {
    expect(progress({ plan: { ...PLAN, paused: true }, history: history('2020-10-08', 512) }).status.state).toBe(
      'paused',
    );
    expect(progress({ rebaselined: true, stale: true }).status.state).toBe('rebaselined');
    expect(progress({ stale: true }).status.state).toBe('stale_data');
  });

  it('counts the first day as a level: five later days with arrivals make a pace', () => {
    const four = progress({ asOf: '2020-10-12', history: history('2020-10-08', 310, [2, 2, 2, 2]) });
    expect([four.recentPace, four.forecast, four.status.state]).toEqual([null, null, 'insufficient_history']);
    const five = progress({ asOf: '2020-10-13', history: history('2020-10-08', 310, [2, 2, 2, 2, 3]) });
    expect(five.recentPace).toEqual({ perDay: 2.2, days: 5 });
    expect(five.forecast).toMatchObject({
      method: 'gamma_poisson',
      confidence: 'low',
      window: { days: 5, events: 11 },
    });
  });

  it('knows nothing later than the day that it stands on', () => {
    const two = Array.from({ length: 60 }, () => 2);
    const standing = progress({ asOf: '2020-10-20', history: history('2020-10-08', 310, two) });
    const early = progress({ asOf: '2020-10-20', history: history('2020-10-08', 310, two.slice(0, 12)) });
    expect(standing).toEqual(early);
  });

  it('takes the worse of index and probability once there are 28 days of history', () => {
    const slow = Array.from({ length: 28 }, () => 1);
    const line = {
      plan: { ...PLAN, baseline: { value: 300, date: '2020-10-01' } },
      history: history('2020-10-08', 345, slow),
    };
    const before = progress({ ...line, asOf: '2020-11-04' });
    expect(before).toMatchObject({ status: { state: 'on_track' } });
    const after = progress({ ...line, asOf: '2020-11-05' });
    expect(after.forecast).toMatchObject({ method: 'gamma_poisson', window: { days: 28, events: 28 } });
    expect(after.forecast?.probability).toBeLessThan(0.2);
    expect(after.status).toMatchObject({ state: 'off_track', reason: expect.stringContaining('Peluang') });
  });
});
