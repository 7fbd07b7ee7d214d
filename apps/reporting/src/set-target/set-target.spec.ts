import { TargetSetV1 } from '@idxcoop/contracts';
import { eventually } from '../../../../test/support/eventually';
import { startReporting } from '../../../../test/support/reporting';
import { SetTargetController } from './set-target.controller';

const BODY = {
  key: 'portal-2020',
  name: 'Portal',
  indicator: 'cooperatives_joined',
  value: 500,
  deadline: '2020-12-31',
  timeZone: 'Asia/Jakarta',
};

describe(SetTargetController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;

  beforeAll(async () => {
    reporting = await startReporting();
  });
  afterAll(() => reporting.close());

  const post = (body: object) => reporting.http.post('/v1/targets').set('authorization', reporting.lead).send(body);

  it('sets a target, says where it is and lets everybody know', async () => {
    const { body, headers } = await post({
      ...BODY,
      baseline: { value: 0, date: '2020-08-01' },
      owner: 'Deputi',
      areas: ['12', '11.71'],
    }).expect(201);
    expect(headers.location).toBe('/v1/targets/portal-2020');
    expect(headers.etag).toBe('"1"');
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    expect(body).toMatchObject({
      ...{ key: 'portal-2020', timeZone: 'Asia/Jakarta', baseline: { value: 0, date: '2020-08-01' }, owner: 'Deputi' },
      ...{ areas: ['12', '11.71'], eligible: null, paused: false, plan: { version: 1, since: today, reason: null } },
    });
    const one = await reporting.http.get('/v1/targets/portal-2020').expect(200);
    expect(one.body).toEqual(body);
    expect(one.headers.etag).toBe('"1"');
    await eventually(async () => {
      const fact = await reporting
        .collection('facts')
        .findOne({ type: TargetSetV1.event, 'payload.targetKey': 'portal-2020' });
      expect(fact?.payload).toMatchObject({ planVersion: 1, value: 500, deadline: '2020-12-31', indicatorVersion: 1 });
    });
  });

  it('sets it once for one idempotency key, and once for one key of its own', async () => {
    const body = { ...BODY, key: 'once' };
    const first = await post(body).set('idempotency-key', 'a-key').expect(201);
    const replayed = await post(body).set('idempotency-key', 'a-key').expect(201);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect(replayed.body).toEqual(first.body);
    expect(replayed.headers.etag).toBe('"1"');
    const other = await post(body).expect(409);
    expect(other.body.code).toBe('target_exists');
  });

  it.each([
    [{ value: 0 }, '/value', 'not_positive'],
    [{ deadline: '31-12-2020' }, '/deadline', 'not_day'],
    [{ key: 'Portal 2020' }, '/key', 'not_key'],
    [{ timeZone: 'Europe/Berlin' }, '/timeZone', 'not_time_zone'],
    [{ timeZone: null }, '/timeZone', 'not_time_zone'],
    [{ timeZone: undefined }, '/timeZone', 'required'],
    [{ value: 1.5 }, '/value', 'not_int'],
    [{ baseline: { value: 0.5, date: '2020-08-01' } }, '/baseline/value', 'not_int'],
    [{ eligible: 499 }, '/eligible', 'below_target'],
    [{ indicator: 'moon_landings' }, '/indicator', 'unknown_indicator'],
    [{ areas: ['99'] }, '/areas/0', 'unknown_region'],
    [{ areas: ['12', '12.71.05'] }, '/areas/1', 'too_deep'],
    [{ baseline: { value: 0, date: '2020-12-31' } }, '/baseline/date', 'not_before_deadline'],
    [{ baseline: { value: 500, date: '2020-01-01' } }, '/baseline/value', 'not_below_target'],
    [{ baseline: { value: 1 } }, '/baseline/date', 'required'],
    [{ colour: 'red' }, '/colour', 'unknown_field'],
  ])('refuses %j', async (wrong, pointer, code) => {
    const { body } = await post({ ...BODY, key: 'wrong', ...wrong }).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('is for programme leads', async () => {
    await reporting.http.post('/v1/targets').send(BODY).expect(401);
    const officer = await reporting.service.token({ roles: ['officer'] });
    await reporting.http.post('/v1/targets').set('authorization', `Bearer ${officer}`).send(BODY).expect(403);
  });

  it('lists targets page by page', async () => {
    const first = await reporting.http.get('/v1/targets?limit=1').expect(200);
    expect(first.body.items.map(({ key }: { key: string }) => key)).toEqual(['once']);
    const second = await reporting.http.get(`/v1/targets?limit=1&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body).toMatchObject({ items: [{ key: 'portal-2020' }], nextCursor: null });
    await reporting.http.get('/v1/targets/none').expect(404);
    const strange = Buffer.from('{"name":"once"}').toString('base64url');
    await reporting.http.get(`/v1/targets?cursor=${strange}`).expect(422);
  });
});
