import { startReporting } from '../../../../test/support/reporting';
import { factsOf } from '../../../../test/support/sign-up';
import { SetWorkCalendarController } from './set-work-calendar.controller';

describe(SetWorkCalendarController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;

  beforeAll(async () => {
    reporting = await startReporting({ roles: ['api'] });
    key = await reporting.setTarget({ deadline: '2021-01-15' });
  });
  afterAll(() => reporting.close());

  const days = async (knownAt?: string) =>
    (await reporting.progress(key, { asOf: '2020-12-31', ...(knownAt ? { knownAt } : {}) })).days;
  const post = async (body: object) => {
    const ministry = await reporting.service.token({ roles: ['ministry'] });
    return reporting.http.post('/v1/work-calendars').set('authorization', `Bearer ${ministry}`).send(body);
  };

  it('assumes Monday to Friday outside of every version, and says so', async () => {
    expect(await days()).toEqual({ left: 15, workingLeft: 11, calendarVersion: null, calendarCovers: false });
  });

  it('adds a version that counts from its knownAt on', async () => {
    reporting.service.clock.set('2026-01-05T03:00:00Z');
    const body = {
      effectiveFrom: '2020-09-10',
      coversFrom: '2021-01-01',
      coversTo: '2021-12-31',
      daysOff: ['2021-01-01'],
    };
    const { status, body: answer } = await post(body);
    expect(status).toBe(201);
    const { effectiveFrom: effectiveOn, ...days2021 } = body;
    expect(await factsOf(reporting.service, answer.id as string)).toEqual([
      {
        type: 'reporting.work-calendar.set.v1',
        sequence: 1,
        data: { calendarId: answer.id, effectiveOn, knownAt: '2026-01-05T03:00:00.000Z', ...days2021 },
      },
    ]);
    expect(await days()).toEqual({ left: 15, workingLeft: 10, calendarVersion: '2020-09-10' });
    expect(await days('2026-01-04')).toMatchObject({ workingLeft: 11, calendarCovers: false });
    const list = await reporting.http.get('/v1/work-calendars').expect(200);
    expect(list.body.items.map(({ effectiveFrom }: { effectiveFrom: string }) => effectiveFrom)).toEqual([
      ...['2020-05-20', '2020-11-27', '2020-12-01', '2020-09-10'],
    ]);
  });

  it('lists page by page', async () => {
    const list = async (query: object) =>
      (await reporting.http.get('/v1/work-calendars').query(query).expect(200)).body;
    const { items } = await list({});
    const first = await list({ limit: 2 });
    expect(first.items).toEqual(items.slice(0, 2));
    expect(await list({ cursor: first.nextCursor })).toEqual({ items: items.slice(2), nextCursor: null });
    await reporting.http.get('/v1/work-calendars?limit=201').expect(422);
  });

  it.each([
    [{ coversTo: '2020-12-31' }, '/coversTo', 'not_after_start'],
    [{ daysOff: ['2022-01-01'] }, '/daysOff/0', 'outside_span'],
    [{ daysOff: ['soon'] }, '/daysOff', 'not_day'],
  ])('refuses %j', async (wrong, pointer, code) => {
    const { status, body } = await post({ coversFrom: '2021-01-01', coversTo: '2021-12-31', daysOff: [], ...wrong });
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([422, pointer, code]);
  });

  it('is for the ministry', async () => {
    await reporting.http.post('/v1/work-calendars').set('authorization', reporting.lead).send({}).expect(403);
  });
});
