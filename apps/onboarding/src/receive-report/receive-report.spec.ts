import { newId } from '@idxcoop/platform';
import { factsOf, signUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ReceiveReportController } from './receive-report.controller';

const DAY_MS = 86_400_000;

describe(ReceiveReportController.name, () => {
  let service: StartedService;
  let officer: string;
  let ministry: string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    officer = await service.token({ roles: ['officer'], territory: '12.71', subject: 'officer-12' });
    ministry = await service.token({ roles: ['ministry'] });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  const rows = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);
  const report = (body: object) => service.http.post('/v1/reports').send(body);
  const get = (path: string, token: string) => service.http.get(path).auth(token, { type: 'bearer' });
  const close = (id: string, token: string, body: object = { outcome: 'confirmed', reason: 'no_such_office' }) =>
    service.http.post(`/v1/reports/${id}/close`).auth(token, { type: 'bearer' }).send(body);
  const contact = { name: 'Budi Pelapor', email: 'budi@pelapor.example' };
  const aReport = (fields: object = {}) => ({ kind: 'false_sender', text: 'Seseorang meminta uang.', ...fields });
  const ids = (items: { id: string }[]) => items.map(({ id }) => id);

  it('takes a report in: a fact without a person, the words encrypted', async () => {
    const { id: cooperativeId } = await signUp(service);
    const body = aReport({ kind: 'false_cooperative', cooperativeId, contact });
    const key = newId();
    const first = await report(body).set('Idempotency-Key', key).expect(201);
    const { id } = first.body;
    expect(first.headers.location).toBe(`/v1/reports/${id}`);
    expect((await report(body).set('Idempotency-Key', key).expect(201)).body).toEqual(first.body);
    expect(first.body).toMatchObject({ kind: 'false_cooperative', state: 'open', cooperativeId, outcome: null });
    expect(await factsOf(service, id)).toMatchObject([
      {
        type: 'onboarding.report.received.v1',
        data: { reportId: id, kind: 'false_cooperative', cooperativeId, regionCode: '12.71.05.1003' },
      },
    ]);
    const names = await service.mongo.connection.db?.listCollections().toArray();
    const all = await Promise.all((names ?? []).map(({ name }) => rows(name).find({}).toArray()));
    expect(JSON.stringify(all)).not.toMatch(/Budi|pelapor|meminta/i);
  });

  it('shows a report to the office of the cooperative and to the ministry, one that names none to the ministry', async () => {
    const { id: cooperativeId } = await signUp(service);
    const { id: named } = (await report(aReport({ cooperativeId, contact })).expect(201)).body;
    const { id: unnamed } = (await report(aReport()).expect(201)).body;
    const list = async (token: string) => ids((await get('/v1/reports?state=open', token).expect(200)).body.items);
    expect(await list(officer)).toContain(named);
    expect(await list(officer)).not.toContain(unnamed);
    expect(await list(ministry)).toEqual(expect.arrayContaining([named, unnamed]));
    const elsewhere = await service.token({ roles: ['officer'], territory: '31' });
    expect(await list(elsewhere)).toEqual([]);
    for (const id of [named, unnamed]) {
      await get(`/v1/reports/${id}`, elsewhere).expect(404);
      await close(id, elsewhere).expect(404);
    }
    await get(`/v1/reports/${unnamed}`, officer).expect(404);
    const { body } = await get(`/v1/reports/${named}`, officer).expect(200);
    expect(body).toMatchObject({ id: named, text: 'Seseorang meminta uang.', contact });
    const [entry] = await rows('audit_entries')
      .find({ subjectId: named } as object)
      .toArray();
    expect(entry).toMatchObject({
      action: 'report.read',
      by: 'officer-12',
      fields: [{ name: 'text' }, { name: 'contact' }],
    });
    await get('/v1/reports', await service.token({ roles: ['editor'] })).expect(403);
  });

  it('closes a report once, with a reason, and keeps its words a month from then', async () => {
    const { id } = (await report(aReport({ contact })).expect(201)).body;
    const deleteAt = async () =>
      ((await rows('report_words').findOne({ _id: id })) as unknown as { deleteAt: Date }).deleteAt;
    const year = (await deleteAt()).getTime() - service.clock.now().getTime();
    expect(Math.round(year / DAY_MS)).toBe(365);
    await close(id, ministry, { outcome: 'confirmed' }).expect(422);
    const { body } = await close(id, ministry).expect(200);
    expect(body).toMatchObject({ state: 'closed', outcome: 'confirmed', reason: 'no_such_office' });
    expect((await close(id, ministry).expect(409)).body.code).toBe('already_decided');
    expect((await deleteAt()).getTime() - Date.parse(body.closedAt)).toBe(30 * DAY_MS);
    expect(await rows('report_words').indexes()).toContainEqual(
      expect.objectContaining({ key: { deleteAt: 1 }, expireAfterSeconds: 0 }),
    );
    await rows('report_words').deleteOne({ _id: id });
    expect((await get(`/v1/reports/${id}`, ministry).expect(200)).body).toMatchObject({ text: null, contact: null });
  });

  it.each<[string, object, string]>([
    ['a cooperative that nobody knows', { cooperativeId: newId() }, 'unknown_cooperative'],
    ['a contact without an address', { contact: { name: 'Budi' } }, 'email_or_phone_required'],
  ])('refuses %s', async (_case, fields, code) => {
    expect((await report(aReport(fields)).expect(422)).body.errors[0].code).toBe(code);
  });

  it('takes ten a minute from one address', async () => {
    const answers: number[] = [];
    for (let time = 0; time < 11; time += 1) answers.push((await report({ kind: 'x' })).status);
    expect(answers.at(-1)).toBe(429);
  });
});
