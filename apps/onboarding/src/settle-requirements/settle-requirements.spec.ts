import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { aSignUp, factsOf, signUp, type SignedUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { Requirements } from '../requirement/requirements';
import { SettleRequirementsJob } from './settle-requirements.job';

const NIK = '1299000000000';

describe(SettleRequirementsJob.name, () => {
  let service: StartedService;
  let officer: string;
  let numbers = 0;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  /** What was told of the due days of a cooperative, in its order. */
  const told = async (id: string) =>
    (await factsOf(service))
      .filter(({ type, data }) => type.startsWith('onboarding.requirement.') && data.cooperativeId === id)
      .map(({ type, sequence, data }) => [data.requirement, sequence, data.dueOn ?? data.reason ?? type.split('.')[2]]);
  const tells = (id: string, expected: unknown[]) =>
    eventually(async () => expect((await told(id)).sort()).toEqual(expected.sort()));
  const patch = ({ id, statusToken }: SignedUp, body: object) =>
    service.http.patch(`/v1/cooperatives/${id}`).set(as(statusToken)).set('If-Match', '*').send(body).expect(200);
  const change = (id: string, body: object) =>
    service.http.post(`/v1/cooperatives/${id}/entity`).set(as(officer)).send(body);
  const waive = (id: string, key: string, token = officer) =>
    service.http
      .post(`/v1/cooperatives/${id}/requirements/${key}/waive`)
      .set(as(token))
      .send({ reason: 'not_eligible' });
  const reached = () => signUpVerified(service, aSignUp({ nikKoperasi: undefined }));
  const NIK_DUE = ['nik_koperasi', 1, '2021-01-06'];
  const MEETING_DUE = ['annual_meeting', 1, '2021-06-30'];

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'] });
    officer = await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' });
  });
  beforeEach(() => service.clock.set('2020-10-08T03:00:00Z'));
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('tells of due days once a contact is verified, each once, and of nothing before', async () => {
    const silent = await signUp(service, aSignUp({ nikKoperasi: undefined }));
    const { id } = await reached();
    await tells(id, [NIK_DUE, MEETING_DUE]);
    const look = () => service.get(SettleRequirementsJob).process({ cooperativeId: id });
    await Promise.all([look(), look(), look()]);
    await service.get(SettleRequirementsJob).process({ cooperativeId: silent.id });
    expect([await told(id), await told(silent.id)].map(({ length }) => length)).toEqual([2, 0]);
  });

  it('tells at once that nothing is due any more, and of the next book year', async () => {
    const signedUp = await reached();
    await tells(signedUp.id, [NIK_DUE, MEETING_DUE]);
    numbers += 1;
    await patch(signedUp, { nikKoperasi: `${NIK}${numbers}` });
    expect(await told(signedUp.id)).toContainEqual(['nik_koperasi', 2, 'satisfied']);
    service.clock.set('2021-02-01T03:00:00Z');
    await patch(signedUp, { annualMeetings: [{ bookYear: 2020 }] });
    const next = ['annual_meeting', 1, '2022-06-30'];
    await tells(signedUp.id, [
      NIK_DUE,
      MEETING_DUE,
      ['nik_koperasi', 2, 'satisfied'],
      ['annual_meeting', 2, 'satisfied'],
      next,
    ]);
  });

  it('finds on New Year’s day what has become due', async () => {
    const { id } = await reached();
    await tells(id, [NIK_DUE, MEETING_DUE]);
    service.clock.set('2021-12-31T16:59:59Z');
    await service.get(SettleRequirementsJob).process({ cooperativeId: id });
    service.clock.set('2021-12-31T17:00:00Z');
    await tells(id, [NIK_DUE, MEETING_DUE, ['annual_meeting', 1, '2022-06-30']]);
  });

  it('stops when an officer waives it, with reason; others cannot', async () => {
    const signedUp = await reached();
    const { id } = signedUp;
    await tells(id, [NIK_DUE, MEETING_DUE]);
    await waive(id, 'nikKoperasi', await service.token({ roles: ['officer'], territory: '13' })).expect(404);
    await waive(id, 'nikKoperasi', await service.token({ roles: ['assistant'], territory: '12' })).expect(403);
    await waive(id, 'application').expect(409);
    await waive(id, 'nothing').expect(404);
    const { body } = await waive(id, 'nikKoperasi').expect(200);
    expect(body).toMatchObject({ key: 'nikKoperasi', state: 'waived', reasons: [{ code: 'not_eligible' }] });
    expect(await told(id)).toContainEqual(['nik_koperasi', 2, 'waived']);
    await waive(id, 'nikKoperasi').expect(409);
    const { body: status } = await service.http.get(signedUp.statusUrl).set(as(signedUp.statusToken));
    expect(status.deadline).toMatchObject({ requirement: 'annualMeeting', on: '2021-06-30' });
  });

  it('stops for who withdraws, and begins anew for who comes back', async () => {
    const { id, statusToken } = await reached();
    const post = (path: string) => service.http.post(`/v1/cooperatives/${id}/${path}`).set(as(statusToken));
    await tells(id, [NIK_DUE, MEETING_DUE]);
    await post('withdraw').expect(200);
    const ended = [
      ['nik_koperasi', 2, 'cooperative_withdrawn'],
      ['annual_meeting', 2, 'cooperative_withdrawn'],
    ];
    await tells(id, [NIK_DUE, MEETING_DUE, ...ended]);
    await post('submit').expect(202);
    const again = [
      ['nik_koperasi', 3, '2021-01-06'],
      ['annual_meeting', 3, '2021-06-30'],
    ];
    await tells(id, [NIK_DUE, MEETING_DUE, ...ended, ...again]);
  });

  it('waits while evidence is looked at, and asks again by a later day where it is refused', async () => {
    const { id } = await reached();
    await tells(id, [NIK_DUE, MEETING_DUE]);
    const requirements = service.get(Requirements);
    const decide = (fn: Parameters<typeof service.mongo.transaction<void>>[0]) => service.mongo.transaction(fn);
    await decide((session) => requirements.submitted(id, 'nikKoperasi', newId(), session));
    expect(await told(id)).toContainEqual(['nik_koperasi', 2, 'submitted']);
    service.clock.set('2021-01-04T03:00:00Z');
    const reasons = [{ requirement: 'nikKoperasi', code: 'unreadable' }];
    await decide((session) => requirements.rejected(id, 'nikKoperasi', reasons, session));
    expect(await told(id)).toContainEqual(['nik_koperasi', 3, '2021-01-18']);
    await decide((session) => requirements.accepted(id, 'nikKoperasi', newId(), session));
    expect(await told(id)).toContainEqual(['nik_koperasi', 4, 'satisfied']);
  });

  it('ends with the entity: dormant goes on, dissolved and merged do not, each with fact, reason and day', async () => {
    const [signedUp, other] = [await reached(), await reached()];
    const { id } = signedUp;
    await tells(id, [NIK_DUE, MEETING_DUE]);
    await change(id, { state: 'dormant', reason: 'no_business', effectiveOn: '2020-09-01' }).expect(200);
    await change(id, { state: 'dissolved', reason: 'x', effectiveOn: '2020-10-09' }).expect(422);
    await change(id, { state: 'dissolved', reason: 'x', intoId: other.id }).expect(422);
    expect(await told(id)).toHaveLength(2);
    const { body } = await change(id, { state: 'merged', reason: 'merger_deed', intoId: other.id }).expect(200);
    expect(body).toMatchObject({
      entity: 'merged',
      mergedInto: `/v1/cooperatives/${other.id}`,
      history: [
        { state: 'active' },
        { state: 'dormant', effectiveOn: '2020-09-01', reason: 'no_business' },
        { state: 'merged', effectiveOn: '2020-10-08', reason: 'merger_deed' },
      ],
    });
    await change(id, { state: 'active', reason: 'resumed' }).expect(409);
    expect(await told(id)).toContainEqual(['nik_koperasi', 2, 'cooperative_merged']);
    const facts = (await factsOf(service, id)).filter(({ type }) => /dormant|merged/.test(type));
    expect(facts.map(({ type, data }) => [type, data.effectiveOn, data.reason, data.intoId])).toEqual([
      ['onboarding.cooperative.went-dormant.v1', '2020-09-01', 'no_business', undefined],
      ['onboarding.cooperative.merged.v1', '2020-10-08', 'merger_deed', other.id],
    ]);
    const { body: status } = await service.http.get(signedUp.statusUrl).set(as(signedUp.statusToken));
    expect([status.entity, status.deadline, status.nextStep.code]).toEqual(['merged', null, 'entity_ended']);
  });

  it('lets officers of its territory only change an entity', async () => {
    const { id } = await signUp(service);
    const body = { state: 'dormant', reason: 'no_business' };
    const as13 = await service.token({ roles: ['officer'], territory: '13' });
    const assistant = await service.token({ roles: ['assistant'], territory: '12' });
    const post = (token: string) => service.http.post(`/v1/cooperatives/${id}/entity`).set(as(token)).send(body);
    await post(as13).expect(404);
    await post(assistant).expect(403);
    await service.http.post(`/v1/cooperatives/${id}/entity`).send(body).expect(401);
  });
});
