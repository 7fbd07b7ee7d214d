import { importedReady, startReporting } from '../../../../test/support/reporting';
import { ChangePlanController } from './change-plan.controller';

describe(ChangePlanController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;

  beforeAll(async () => {
    reporting = await startReporting();
    reporting.service.clock.set('2020-10-01T02:00:00Z');
    key = await reporting.setTarget({ baseline: { value: 0, date: '2020-08-01' } });
    await reporting.learn(importedReady(310, '2020-10-08'));
    reporting.service.clock.set('2020-11-02T05:00:00Z');
  });
  afterAll(() => reporting.close());

  const patch = (body: object, ifMatch?: string) => {
    const request = reporting.http.patch(`/v1/targets/${key}`).set('authorization', reporting.lead).send(body);
    return ifMatch ? request.set('if-match', ifMatch) : request;
  };

  it('changes nothing that was seen by nobody, or by somebody else', async () => {
    await patch({ value: 600, reason: 'Perluasan' }).expect(428);
    await patch({ value: 600, reason: 'Perluasan' }, '"7"').expect(412);
    expect((await patch({ value: 600 }, '"1"').expect(422)).body.errors[0]).toMatchObject({
      pointer: '/reason',
      code: 'required',
    });
    expect((await patch({ reason: 'Tanpa perubahan' }, '"1"').expect(422)).body.errors[0].code).toBe('nothing_changes');
    expect((await patch({ value: null, reason: 'Kosong' }, '"1"').expect(422)).body.errors[0].pointer).toBe('/value');
    await reporting.http.patch(`/v1/targets/${key}`).send({}).expect(401);
  });

  it('puts a new plan in force from today, and leaves the days before under the old one', async () => {
    const changed = await patch({ value: 620, deadline: '2021-03-31', reason: 'Target diperluas' }, '"1"').expect(200);
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.body.plan).toEqual({ version: 2, since: '2020-11-02', reason: 'Target diperluas' });
    const before = await reporting.progress(key, { asOf: '2020-11-01' });
    expect(before).toMatchObject({
      target: { value: 500, deadline: '2020-12-31' },
      plan: { version: 1, reason: null },
    });
    const now = await reporting.progress(key);
    expect(now).toMatchObject({ asOf: '2020-11-02', progressPercent: 50, plan: { version: 2 }, provisional: true });
  });

  it('is rebaselined until the next close', async () => {
    expect((await reporting.progress(key)).status.state).toBe('rebaselined');
    reporting.service.clock.set('2020-11-02T17:00:00Z');
    expect((await reporting.progress(key, { asOf: '2020-11-02' })).status.state).toBe('on_track');
    expect((await reporting.progress(key)).status.state).toBe('on_track');
  });

  it('sees only plans that were known', async () => {
    const known = { asOf: '2020-11-02', knownAt: '2020-11-02T04:59:59Z' };
    expect(await reporting.progress(key, known)).toMatchObject({ target: { value: 500 }, plan: { version: 1 } });
  });

  it('lets a plan reach back, from its knownAt on', async () => {
    reporting.service.clock.set('2020-11-10T05:00:00Z');
    await patch({ value: 400, effectiveFrom: '2020-10-01', reason: 'Koreksi' }, '"2"').expect(200);
    expect((await reporting.progress(key, { asOf: '2020-10-08' })).plan).toEqual({
      version: 3,
      since: '2020-10-01',
      reason: 'Koreksi',
    });
    expect((await reporting.progress(key, { asOf: '2020-10-08', knownAt: '2020-11-09' })).plan.version).toBe(1);
  });

  it('pauses and goes on', async () => {
    await patch({ paused: true, reason: 'Pandemi' }, '"3"').expect(200);
    expect((await reporting.progress(key)).status.state).toBe('paused');
    await patch({ paused: false, reason: 'Dilanjutkan' }, '"4"').expect(200);
    expect((await reporting.progress(key)).status.state).not.toBe('paused');
  });

  it('keeps every plan readable', async () => {
    const { body } = await reporting.http.get(`/v1/targets/${key}/revisions`).expect(200);
    const plans = body.items.filter(({ kind }: { kind: string }) => kind === 'plan');
    expect(plans.map(({ version, value, reason }: Record<string, unknown>) => [version, value, reason])).toEqual([
      [1, 500, null],
      [2, 620, 'Target diperluas'],
      [3, 400, 'Koreksi'],
      [4, 620, 'Pandemi'],
      [5, 620, 'Dilanjutkan'],
    ]);
  });

  it('lists revisions page by page', async () => {
    const list = async (query: object) =>
      (await reporting.http.get(`/v1/targets/${key}/revisions`).query(query).expect(200)).body;
    const { items } = await list({});
    const first = await list({ limit: 3 });
    expect(first.items).toEqual(items.slice(0, 3));
    expect(await list({ limit: 100, cursor: first.nextCursor })).toEqual({ items: items.slice(3), nextCursor: null });
  });

  describe('with a plan for the future', () => {
    const change = async (body: object) => {
      const { headers } = await reporting.http.get(`/v1/targets/${later}`).expect(200);
      return reporting.http
        .patch(`/v1/targets/${later}`)
        .set('authorization', reporting.lead)
        .set('if-match', headers.etag as string)
        .send(body);
    };
    const read = async () => (await reporting.http.get(`/v1/targets/${later}`).expect(200)).body;
    let later: string;

    beforeAll(async () => {
      reporting.service.clock.set('2020-11-20T05:00:00Z');
      later = await reporting.setTarget({ value: 5_000, deadline: '2021-12-31', owner: 'Deputi' });
    });

    it('leaves today under the plan of today, and says so', async () => {
      const { body, headers } = await change({ value: 100, reason: 'Diperkecil', effectiveFrom: '2021-01-01' });
      expect(headers.etag).toBe('"2"');
      expect(body).toMatchObject({ value: 5_000, plan: { version: 1 } });
      expect(body.plans).toMatchObject([
        { version: 1, value: 5_000, owner: 'Deputi', reason: null },
        { version: 2, value: 100, owner: 'Deputi', since: '2021-01-01', reason: 'Diperkecil' },
      ]);
      expect(await read()).toEqual(body);
      expect(await reporting.progress(later)).toMatchObject({ target: { value: 5_000 }, plan: { version: 1 } });
    });

    it('starts another change from the plan in force on its own day, and loses neither', async () => {
      const { body } = await change({ owner: 'Dinas', reason: 'Pindah tugas' });
      const today = { version: 3, since: '2020-11-20', reason: 'Pindah tugas' };
      expect(body).toMatchObject({ value: 5_000, owner: 'Dinas', plan: today });
      expect(body.plans.map(({ version, value, owner }: Record<string, unknown>) => [version, value, owner])).toEqual([
        [1, 5_000, 'Deputi'],
        [3, 5_000, 'Dinas'],
        [2, 100, 'Dinas'],
      ]);
      expect(await reporting.progress(later)).toMatchObject({ target: { value: 5_000, owner: 'Dinas' }, plan: today });
    });

    it('refuses what the plan of the future cannot hold', async () => {
      const { status, body } = await change({ baseline: { value: 100, date: '2020-11-01' }, reason: 'Nilai awal' });
      expect([status, body.errors[0].code]).toEqual([422, 'not_below_target']);
    });

    it('comes into force on its day', async () => {
      reporting.service.clock.set('2020-12-31T17:00:00Z');
      const inForce = { version: 2, since: '2021-01-01', reason: 'Diperkecil' };
      expect(await reporting.progress(later)).toMatchObject({ target: { value: 100, owner: 'Dinas' }, plan: inForce });
      expect(await read()).toMatchObject({ value: 100, owner: 'Dinas', plan: inForce });
      expect(await reporting.progress(later, { asOf: '2020-12-31' })).toMatchObject({ target: { value: 5_000 } });
    });
  });
});
