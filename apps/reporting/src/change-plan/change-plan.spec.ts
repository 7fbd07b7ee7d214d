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
      [4, 400, 'Pandemi'],
      [5, 400, 'Dilanjutkan'],
    ]);
  });
});
