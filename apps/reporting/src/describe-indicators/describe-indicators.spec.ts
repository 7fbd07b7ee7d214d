import { startReporting } from '../../../../test/support/reporting';
import { DescribeIndicatorsController } from './describe-indicators.controller';

const ACCOUNTS = {
  key: 'simkopdes_accounts',
  name: 'Akun Simkopdes',
  definition: 'Koperasi dengan akun.',
  unit: 'accounts',
  source: 'Kemenkop',
};

describe(DescribeIndicatorsController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;

  beforeAll(async () => {
    reporting = await startReporting({ roles: ['api'] });
    await reporting.http
      .post('/v1/indicators')
      .set('authorization', reporting.lead)
      .send({ ...ACCOUNTS, periodDays: 30 })
      .expect(201);
    key = await reporting.setTarget({
      indicator: ACCOUNTS.key,
      value: 80_000,
      deadline: '2026-03-31',
      eligible: 82_780,
    });
  });
  afterAll(() => reporting.close());

  const observe = (body: object, indicator = ACCOUNTS.key) =>
    reporting.http.post(`/v1/indicators/${indicator}/observations`).set('authorization', reporting.lead).send(body);

  it('shows the card of what is counted beside what is observed', async () => {
    const { body } = await reporting.http.get('/v1/indicators').expect(200);
    expect(body.items).toMatchObject([
      { key: 'cooperatives_joined', version: 1, kind: 'counted', formula: expect.any(String) },
      { ...ACCOUNTS, version: 1, kind: 'observed', formula: null },
    ]);
    await reporting.http.get('/v1/indicators/none').expect(404);
  });

  it('lets a target follow what was observed, in both times', async () => {
    await observe({ date: '2025-08-18', value: 35_343, source: 'jurnalkopdes', knownAt: '2025-08-18' }).expect(201);
    await observe({ date: '2025-11-21', value: 76_733, source: 'radarjabar', knownAt: '2025-11-21' }).expect(201);
    const answer = await reporting.progress(key, { asOf: '2025-08-20' });
    expect(answer).toMatchObject({
      actual: 35_343,
      areasReached: null,
      byArea: [],
      coverage: { percent: 42.7 },
      progressPercent: 44.18,
    });
    expect(answer).not.toHaveProperty('conflicts');
    expect((await reporting.progress(key, { asOf: '2025-11-30', knownAt: '2025-11-20' })).actual).toBe(35_343);
    expect((await reporting.progress(key, { asOf: '2025-11-30' })).status.state).toBe('insufficient_history');
    expect((await reporting.progress(key, { asOf: '2026-03-01' })).status.state).toBe('stale_data');
  });

  it('shows two values of one day as a conflict and lets the last undisputed one stand', async () => {
    await observe({ date: '2025-10-27', value: 68_603, source: 'bisnistoday', knownAt: '2025-10-27' }).expect(201);
    const { body } = await observe({
      date: '2025-10-27',
      value: 63_711,
      source: 'katadata',
      knownAt: '2025-10-27',
    }).expect(201);
    const values = [
      { source: 'bisnistoday', value: 68_603 },
      { source: 'katadata', value: 63_711 },
    ];
    expect(body.conflict).toEqual(values);
    const answer = await reporting.progress(key, { asOf: '2025-10-28' });
    expect(answer).toMatchObject({ actual: 35_343, conflicts: [{ date: '2025-10-27', values }] });
    const list = await reporting.http.get(`/v1/indicators/${ACCOUNTS.key}/observations`).expect(200);
    expect(list.body).toMatchObject({ items: expect.any(Array), conflicts: [{ date: '2025-10-27' }] });
  });

  it('lets a target of what is observed have decimals', async () => {
    await reporting.setTarget({ indicator: ACCOUNTS.key, value: 0.5 });
  });

  it('lists page by page', async () => {
    for (const path of ['/v1/indicators', `/v1/indicators/${ACCOUNTS.key}/observations`]) {
      const all = (await reporting.http.get(path).expect(200)).body.items;
      const first = (await reporting.http.get(`${path}?limit=1`).expect(200)).body;
      expect(first.items).toEqual(all.slice(0, 1));
      const rest = (await reporting.http.get(path).query({ cursor: first.nextCursor }).expect(200)).body;
      expect(rest).toMatchObject({ items: all.slice(1), nextCursor: null });
      await reporting.http.get(`${path}?limit=0`).expect(422);
      await reporting.http.get(`${path}?cursor=x`).expect(422);
    }
  });

  it('takes no values for what is counted, and no second definition', async () => {
    expect(
      (await observe({ date: '2025-10-27', value: 1, source: 'x' }, 'cooperatives_joined').expect(409)).body.code,
    ).toBe('not_observed');
    const again = await reporting.http
      .post('/v1/indicators')
      .set('authorization', reporting.lead)
      .send(ACCOUNTS)
      .expect(409);
    expect(again.body.code).toBe('indicator_exists');
    await observe({ date: '2025-10-27', value: 1, source: 'x' }, 'none').expect(404);
  });
});
