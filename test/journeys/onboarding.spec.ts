import { NotificationsModule } from '../../apps/notifications/src/notifications.module';
import { OnboardingModule } from '../../apps/onboarding/src/onboarding.module';
import { ReportingModule } from '../../apps/reporting/src/reporting.module';
import { eventually } from '../support/eventually';
import { anOfficial } from '../support/officials';
import { type Providers, startProviders } from '../support/providers';
import { aSignUp, factsOf } from '../support/sign-up';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';

const wib = (text: string) => new Date(`${text}:00+07:00`).toISOString();
const PDF = Buffer.from('%PDF-1.7\nSusunan pengurus');

/**
 * A cooperative from its sign-up to its verification, in the autumn of 2020: rejected once, asked for information over the leave of
 * 28 to 30 October, escalated because nobody decided, moved by a decree and handed over to a new chair. Everything through public
 * doors; what people get is read where their providers received it.
 */
describe('from a sign-up to a verified cooperative', () => {
  let stores: TestStores;
  let providers: Providers;
  let services: StartedService[] = [];
  let onboarding: StartedService;
  let reporting: StartedService;
  let regency: { id: string; token: string };
  let province: { id: string; token: string };
  let id: string;
  let token: string;
  let caseId: string;
  const [phone, nextPhone] = ['+628123456001', '+628123456002'];

  const at = (text: string) => {
    for (const service of services) service.clock.set(wib(text));
  };
  const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
  const post = (path: string, bearer: string, body: object = {}) =>
    onboarding.http.post(`/v1/${path}`).set(as(bearer)).send(body);
  const get = async (path: string, bearer = token) =>
    (await onboarding.http.get(`/v1/${path}`).set(as(bearer)).expect(200)).body;
  const status = () => get(`cooperatives/${id}/status`);
  const handIn = () =>
    onboarding.http
      .post(`/v1/cooperatives/${id}/evidence`)
      .set(as(token))
      .field('requirement', 'completeBoard')
      .attach('file', PDF, 'pengurus.pdf');
  /** What a number got of a template, as soon as it is there; WhatsApp takes one message to a number in six seconds. */
  const told = (to: string, template: string, count = 1): Promise<string> =>
    eventually(() => {
      const got = providers.messages({ to }).filter((message) => message.template === template);
      expect(got).toHaveLength(count);
      return got.at(-1)?.text ?? '';
    }, 40_000);
  const found = (text: string, what: RegExp) => what.exec(text)?.[1] ?? '';
  const submit = async () => {
    const { body } = await post(`cooperatives/${id}/submit`, token).expect(202);
    caseId = body.reviewCase.id as string;
  };

  beforeAll(async () => {
    stores = await createStores();
    const local = await startProviders();
    providers = local;
    const common = { stores, config: { ...local.settings, scheduleInterval: 200 } };
    onboarding = await startService(OnboardingModule, common);
    reporting = await startService(ReportingModule, { ...common, roles: ['api', 'events'] });
    const config = { ...common.config, onboardingUrl: onboarding.url, publicUrl: onboarding.url };
    const notifications = await startService(NotificationsModule, { ...common, config });
    providers.setWebhookUrl(`${notifications.url}/v1/webhooks/whatsapp`);
    services = [onboarding, reporting, notifications];
    at('2020-10-12T09:00');
    regency = await anOfficial(onboarding, '12.71');
    province = await anOfficial(onboarding, '12', { contacts: { phone: '0812-9999-0001' } });
  }, 60_000);
  afterAll(async () => {
    for (const service of services) await service.close();
    await providers?.stop();
    await stores?.drop();
  }, 60_000);

  it('signs up on a phone and proves it by the code that comes', async () => {
    const contact = { name: 'Siti Rahma', position: 'chair', phone, email: undefined, language: 'id' };
    const { body } = await onboarding.http.post('/v1/cooperatives').send(aSignUp({}, contact)).expect(201);
    ({ id, statusToken: token } = body as { id: string; statusToken: string });
    const code = found(await told(phone, 'idxcoop_verification_code'), /(\d{6})/);
    const [{ flowId }] = body.verifications as [{ flowId: string }];
    await onboarding.http.post(`/v1/verifications/${flowId}`).send({ code }).expect(200);
    expect(await status()).toMatchObject({ registration: 'draft', nextStep: { code: 'submit' } });
  });

  it('is rejected by the office of its regency, which says what is missing', async () => {
    await submit();
    expect(await get(`review-cases/${caseId}`, regency.token)).toMatchObject({
      assignedTo: regency.id,
      office: { level: 'regency', code: '12.71' },
      dueAt: wib('2020-10-19T09:00'),
    });
    const reasons = [{ requirement: 'completeBoard', code: 'missing', note: 'Mohon susunan pengurus.' }];
    await post(`review-cases/${caseId}/decision`, regency.token, { decision: 'reject', reasons }).expect(200);
    expect(await told(phone, 'idxcoop_rejection')).toContain('Mohon susunan pengurus.');
    const { registration, requirements } = await status();
    expect([registration, requirements.currentlyDue]).toEqual(['rejected', expect.arrayContaining(['completeBoard'])]);
  });

  it('hands in what was missing and comes again; the officer asks, and a week of leave costs no time', async () => {
    at('2020-10-26T10:00');
    const { body: document } = await handIn().expect(201);
    await submit();
    expect((await get(`review-cases/${caseId}`, regency.token)).dueAt).toBe(wib('2020-11-05T10:00'));
    const file = await onboarding.http.get(`/v1/evidence/${document.id}/file`).set(as(regency.token)).buffer(true);
    expect((file.body as Buffer).equals(PDF)).toBe(true);
    at('2020-10-27T10:00');
    const reasons = [{ requirement: 'completeBoard', code: 'incomplete', note: 'Siapa bendaharanya?' }];
    await post(`review-cases/${caseId}/information-requests`, regency.token, { reasons }).expect(201);
    expect(await told(phone, 'idxcoop_information_request')).toContain('Siapa bendaharanya?');
    const { items } = await get(`cooperatives/${id}/information-requests`);
    at('2020-11-01T20:00');
    await post(`cooperatives/${id}/information-requests/${items[0].id}/answer`, token, { text: 'Bu Ani.' }).expect(200);
    // One of five days was used; the answer of a Sunday counts from Monday at 08:00.
    expect(await get(`review-cases/${caseId}`, regency.token)).toMatchObject({
      pausedAt: null,
      dueAt: wib('2020-11-06T08:00'),
    });
  });

  it('goes to the province by itself when nobody decides, once', async () => {
    at('2020-11-06T08:00');
    await eventually(async () =>
      expect(await get(`review-cases/${caseId}`, province.token)).toMatchObject({
        office: { level: 'province', code: '12' },
        assignedTo: province.id,
        dueAt: wib('2020-11-11T08:00'),
        escalations: [{ from: 'regency', to: 'province', missedAt: wib('2020-11-06T08:00') }],
      }),
    );
    expect(await told('+6281299990001', 'idxcoop_case_escalated')).toContain('6 November 2020');
    await onboarding.http.get(`/v1/review-cases/${caseId}`).set(as(regency.token)).expect(404);
  });

  it('has more time when a decree makes a day off', async () => {
    const decree = {
      coversFrom: '2020-11-01',
      coversTo: '2020-11-30',
      daysOff: ['2020-11-09'],
      reason: 'libur daerah',
    };
    const ministry = await reporting.token({ roles: ['ministry'] });
    await reporting.http.post('/v1/work-calendars').set(as(ministry)).send(decree).expect(201);
    await eventually(async () =>
      expect((await get(`review-cases/${caseId}`, province.token)).dueAt).toBe(wib('2020-11-12T08:00')),
    );
  });

  it('is handed over to the new chair, and the old link opens nothing any more', async () => {
    at('2020-11-10T10:00');
    const contact = { name: 'Ani Lestari', position: 'chair', phone: nextPhone, language: 'id' };
    const consent = { version: '2020-10', purposes: ['service'], channels: ['whatsapp'] };
    const { body } = await post(`cooperatives/${id}/hand-overs`, token, { contact, consent }).expect(201);
    const code = found(await told(nextPhone, 'idxcoop_verification_code'), /(\d{6})/);
    const [{ flowId }] = body.verifications as [{ flowId: string }];
    await onboarding.http.post(`/v1/verifications/${flowId}`).send({ code }).expect(200);
    await onboarding.http.get(`/v1/cooperatives/${id}/status`).set(as(token)).expect(401);
    token = decodeURIComponent(found(await told(nextPhone, 'idxcoop_status_link'), /token=([^\s\]]+)/));
    expect((await status()).registration).toBe('in_review');
  });

  it('is verified by the province, and the new chair is told', async () => {
    const { items } = await get(`evidence?cooperativeId=${id}`, province.token);
    await post(`evidence/${items[0].id}/decision`, province.token, { decision: 'accept' }).expect(200);
    await post(`review-cases/${caseId}/decision`, province.token, { decision: 'approve' }).expect(200);
    expect(await told(nextPhone, 'idxcoop_approval')).not.toBe('');
    const { registration, stages, requirements } = await status();
    expect(registration).toBe('verified');
    expect(requirements.satisfied).toContain('completeBoard');
    expect(stages.registration.history.map(({ state }: { state: string }) => state)).toEqual([
      ...['draft', 'submitted', 'in_review', 'rejected'],
      ...['submitted', 'in_review', 'verified'],
    ]);
    expect((await factsOf(onboarding, caseId)).map(({ type, data }) => [type.split('.')[2], data.reason])).toEqual([
      ['assigned', 'routed'],
      ['paused', 'information_requested'],
      ['resumed', 'information_given'],
      ['assigned', 'deadline_missed'],
      ['escalated', 'deadline_missed'],
      ['rescheduled', 'work_calendar'],
    ]);
  });

  it('told nobody twice, and the one who left nothing more', () => {
    const templates = (to: string) => providers.messages({ to }).map((message) => message.template);
    expect(templates(nextPhone).sort()).toEqual([
      'idxcoop_approval',
      'idxcoop_status_link',
      'idxcoop_verification_code',
    ]);
    expect(templates(phone)).not.toContain('idxcoop_approval');
    expect(providers.messages({}).filter((message) => message.template?.includes('escalated'))).toHaveLength(1);
  });
});
