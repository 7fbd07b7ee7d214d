import {
  type CooperativeImportedV1,
  CooperativeVerifiedV1,
  CooperativeWithdrawnV1,
  event,
  ImportRevertedV1,
} from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { close, cooperative, importedReady, startReporting } from '../../../../test/support/reporting';
import { ReadProgressController } from './read-progress.controller';

describe(ReadProgressController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;

  beforeAll(async () => {
    reporting = await startReporting();
  });
  afterAll(() => reporting.close());

  describe('with the 310 cooperatives of the article', () => {
    let key: string;
    const importId = newId();

    beforeAll(async () => {
      await reporting.learn(importedReady(310, '2020-10-08', close('2020-10-08'), importId));
      key = await reporting.setTarget({ effectiveFrom: '2020-10-08' });
    });

    it('answers as interface.md says', async () => {
      const answer = await reporting.progress(key, { asOf: '2020-10-08', knownAt: '2020-10-08' });
      expect(answer).toEqual({
        target: {
          ...{
            key,
            name: 'Uji',
            value: 500,
            deadline: '2020-12-31',
            timeZone: 'Asia/Jakarta',
            baseline: null,
            owner: null,
          },
          indicator: {
            ...{ key: 'cooperatives_joined', version: 1, unit: 'cooperatives' },
            ...{ definition: expect.stringContaining('Koperasi'), source: expect.any(String) },
          },
        },
        asOf: '2020-10-08',
        knownAt: '2020-10-08T16:59:59.999Z',
        actual: 310,
        remaining: 190,
        progressPercent: 62,
        areasReached: { provinces: 14, of: 34 },
        coverage: { eligible: 123048, percent: 0.25 },
        days: { left: 84, workingLeft: 51, calendarVersion: '2020-05-20' },
        requiredPace: { perDay: 2.262, perWeek: 15.83, perWorkingDay: 3.73 },
        ...{ averagePace: null, recentPace: null, expected: null, indexPercent: null, bufferDays: null },
        ...{ linearDate: null, projectedAtDeadline: null, forecast: null },
        status: { state: 'insufficient_history', reason: expect.any(String) },
        byArea: expect.any(Array),
        milestones: [
          { percent: 25, reachedOn: '2020-10-08' },
          { percent: 50, reachedOn: '2020-10-08' },
        ],
        plan: { version: 1, since: '2020-10-08', reason: null },
        ...{ provisional: false, revision: null },
      });
      expect(answer.byArea).toHaveLength(14);
      expect(answer.byArea[1]).toEqual({ code: '12', name: 'Sumatera Utara', actual: 23 });
    });

    it.each<Record<string, string>>([{}, { knownAt: '2020-12-01' }])(
      'counts 53 working days with %j',
      async (known) => {
        const answer = await reporting.progress(key, { asOf: '2020-10-08', ...known });
        expect(answer.days).toEqual({ left: 84, workingLeft: 53, calendarVersion: '2020-12-01' });
        expect(answer.requiredPace.perWorkingDay).toBe(3.58);
        expect(answer.revision).toBeNull();
      },
    );

    it('knows nothing before it was known, and calls that provisional', async () => {
      const answer = await reporting.progress(key, { asOf: '2020-10-08', knownAt: '2020-10-08T16:59:59.998Z' });
      expect(answer).toMatchObject({ actual: 0, provisional: true, byArea: [], milestones: [] });
    });

    it('restates the past by late facts and says what was published', async () => {
      await reporting.learn(importedReady(40, '2020-10-08', '2020-10-20T03:00:00.000Z'));
      const of = (knownAt?: string) => reporting.progress(key, { asOf: '2020-10-08', ...(knownAt ? { knownAt } : {}) });
      expect(await of('2020-10-20T02:59:59.999Z')).toMatchObject({ actual: 310, revision: null });
      const reason = 'Setelah terbit: 40 tambahan yang dilaporkan terlambat, 0 dikurangi oleh koreksi.';
      expect(await of('2020-10-20T03:00:00Z')).toMatchObject({
        actual: 350,
        revision: { firstPublished: 310, delta: 40, reason },
      });
      expect(await of()).toMatchObject({ actual: 350, revision: { firstPublished: 310, delta: 40, reason } });
    });

    it('tells apart what was known within one half hour', async () => {
      const [joined] = importedReady(1, '2020-10-08', '2020-10-21T03:10:00.000Z');
      const { cooperativeId, regionCode } = joined as CooperativeImportedV1;
      const left = {
        ...cooperative({ cooperativeId, regionCode }),
        effectiveOn: '2020-10-08',
        knownAt: '2020-10-21T03:20:00.000Z',
      };
      await reporting.learn([joined as object, event(CooperativeWithdrawnV1, left)]);
      const of = async (minute: string) =>
        (await reporting.progress(key, { asOf: '2020-10-08', knownAt: `2020-10-21T03:${minute}:00Z` })).actual;
      expect([await of('09'), await of('10'), await of('15'), await of('20'), await of('29')]).toEqual([
        350, 351, 351, 350, 350,
      ]);
    });

    it('lets a reverted import disappear from its knownAt on, not before', async () => {
      const knownAt = '2020-11-10T04:30:00.000Z';
      await reporting.learn([event(ImportRevertedV1, { importId, effectiveOn: '2020-11-10', knownAt })]);
      const of = (known: string) => reporting.progress(key, { asOf: '2020-10-08', knownAt: known });
      expect((await of('2020-11-10T04:29:59.999Z')).actual).toBe(350);
      expect(await of(knownAt)).toMatchObject({
        actual: 40,
        areasReached: { provinces: 14 },
        revision: { firstPublished: 310, delta: -270 },
      });
    });

    it('lists the level of each day as known at one instant', async () => {
      const query = { until: '2020-10-09', knownAt: '2020-10-20' };
      const { body } = await reporting.http.get(`/v1/targets/${key}/series`).query(query).expect(200);
      expect(body.items).toEqual([
        { date: '2020-10-08', actual: 350, expected: null },
        { date: '2020-10-09', actual: 350, expected: null },
      ]);
    });
  });

  describe('of a series', () => {
    let key: string;
    const read = async (query: object) =>
      (await reporting.http.get(`/v1/targets/${key}/series`).query(query).expect(200)).body;

    beforeAll(async () => {
      key = await reporting.setTarget({ areas: ['81'] });
      const at = { effectiveOn: '2020-10-08', knownAt: '2020-10-20T03:00:00Z' };
      await reporting.learn([event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '81.71' }), ...at })]);
    });

    it('answers fifty days, and says how to go on', async () => {
      const first = await read({ until: '2020-12-31' });
      expect(first.items).toHaveLength(50);
      expect(first.items[0]).toEqual({ date: '2020-10-08', actual: 1, expected: null });
      const { items, nextCursor } = await read({ cursor: first.nextCursor });
      expect([items[0].date, items.at(-1).date, items.length, nextCursor]).toEqual([
        ...['2020-11-27', '2020-12-31'],
        ...[35, null],
      ]);
    });

    it('answers on all pages what was known when the first was read', async () => {
      reporting.service.clock.set('2026-12-01T00:00:00Z');
      const first = await read({ from: '2020-10-08', until: '2020-10-09', limit: 1 });
      reporting.service.clock.set('2026-12-02T00:00:00Z');
      const at = { effectiveOn: '2020-10-08', knownAt: '2026-12-01T12:00:00Z' };
      await reporting.learn([event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '81.71' }), ...at })]);
      expect((await read({ limit: 1, cursor: first.nextCursor })).items).toMatchObject([{ actual: 1 }]);
      expect((await read({ from: '2020-10-09', limit: 1 })).items).toMatchObject([{ date: '2020-10-09', actual: 2 }]);
      reporting.service.clock.reset();
    });

    it.each(['series', 'revisions'])('refuses limits and cursors that are none, in %s', async (list) => {
      const strange = ['x', Buffer.from('{}').toString('base64url'), Buffer.from('{"after":1}').toString('base64url')];
      for (const query of [{ limit: 0 }, { limit: 201 }, { limit: 'x' }, ...strange.map((cursor) => ({ cursor }))])
        await reporting.http.get(`/v1/targets/${key}/${list}`).query(query).expect(422);
      await reporting.http.get(`/v1/targets/${key}/${list}?limit=200`).expect(200);
    });
  });

  it('counts only the areas of a target, by the division in force on the day', async () => {
    const at = { effectiveOn: '2021-03-01', knownAt: '2021-03-01T05:00:00Z' };
    await reporting.learn([
      event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '93.01' }), ...at }),
      event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '91.71' }), ...at }),
    ]);
    const papua = await reporting.setTarget({ areas: ['91'], deadline: '2027-12-31' });
    expect(await reporting.progress(papua, { asOf: '2021-03-01' })).toMatchObject({
      actual: 2,
      areasReached: { provinces: 1, of: 1 },
      byArea: [{ code: '91', name: 'Papua', actual: 2 }],
    });
    expect(await reporting.progress(papua, { asOf: '2023-03-01' })).toMatchObject({ actual: 1 });
    const merauke = await reporting.setTarget({ areas: ['91.01'], deadline: '2027-12-31' });
    expect(await reporting.progress(merauke, { asOf: '2023-03-01' })).toMatchObject({
      actual: 1,
      byArea: [{ code: '93', name: 'Papua Selatan', actual: 1 }],
    });
  });

  it('closes the day at midnight of each zone', async () => {
    const at = { effectiveOn: '2019-05-01T16:30:00Z', knownAt: '2019-05-01T16:30:00Z' };
    await reporting.learn([event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '94.01' }), ...at })]);
    const actual = async (timeZone: string, asOf: string) =>
      (await reporting.progress(await reporting.setTarget({ timeZone, areas: ['94.01'] }), { asOf })).actual;
    expect(await actual('Asia/Jakarta', '2019-05-01')).toBe(1);
    expect(await actual('Asia/Makassar', '2019-05-01')).toBe(0);
    expect(await actual('Asia/Makassar', '2019-05-02')).toBe(1);
    expect(await actual('Asia/Jayapura', '2019-05-01')).toBe(0);
  });

  it.each([
    [{ asOf: '2999-01-01' }, 'future_as_of', undefined],
    [{ asOf: '2020-02-30' }, 'invalid', 'not_day'],
    [{ knownAt: 'yesterday' }, 'invalid', 'not_day_or_instant'],
  ])('refuses %j', async (query, code, field) => {
    const key = await reporting.setTarget();
    const { body } = await reporting.http.get(`/v1/targets/${key}/progress`).query(query).expect(422);
    expect(body.code).toBe(code);
    expect(body.errors?.[0]?.code).toBe(field);
  });

  it('answers in English where that is asked for', async () => {
    const key = await reporting.setTarget();
    const { body } = await reporting.http.get(`/v1/targets/${key}/progress`).set('accept-language', 'en').expect(200);
    expect(body.status).toMatchObject({
      state: 'missed',
      reason: expect.stringContaining('The deadline 2020-12-31 passed'),
    });
    expect(body.target.indicator.definition).toContain('Cooperatives that declared');
  });

  it('knows no other target', async () => {
    await reporting.http.get('/v1/targets/none/progress').expect(404);
  });
});
