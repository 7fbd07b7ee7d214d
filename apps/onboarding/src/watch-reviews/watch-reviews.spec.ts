import { event, WorkCalendarSetV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { publishFact } from '../../../../test/support/notifications';
import { eventually } from '../../../../test/support/eventually';
import { anOfficial } from '../../../../test/support/officials';
import { aSignUp, type Fact, factsOf, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { WatchReviewsJob } from './watch-reviews.job';

describe(WatchReviewsJob.name, () => {
  let service: StartedService;
  let job: WatchReviewsJob;
  let ministry: string;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const caseOf = async (id: string, token = ministry) =>
    (await service.http.get(`/v1/review-cases/${id}`).set(as(token)).expect(200)).body;
  const post = (id: string, what: string, token: string, body: object = {}) =>
    service.http.post(`/v1/review-cases/${id}/${what}`).set(as(token)).send(body);
  const submitted = async (fields: object = {}, contact: object = {}) => {
    const { id, statusToken } = await signUpVerified(service, aSignUp(fields, contact));
    const { body } = await service.http.post(`/v1/cooperatives/${id}/submit`).set(as(statusToken)).expect(202);
    return body.reviewCase.id as string;
  };
  /** What the timer would do now. */
  const watch = async () => {
    const wakeups = await job.due(service.clock.now(), 100);
    for (const { data } of wakeups) await job.process(data);
    return wakeups.map(({ data }) => data.caseId);
  };
  const factsAbout = async (caseId: string, type: string) =>
    (await factsOf(service, caseId)).filter((fact: Fact) => fact.type === `onboarding.review.${type}.v1`);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'events'] });
    job = service.get(WatchReviewsJob);
  });
  beforeEach(async () => {
    service.clock.set('2026-03-02T03:00:00Z');
    // What the tests before left open is not to be watched any more.
    await service.mongo.connection
      .collection('review_cases')
      .updateMany({}, { $set: { state: 'withdrawn' }, $unset: { seekAt: 1 } });
    ministry = await service.token({ roles: ['ministry'] });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('gives a case to the officer of the office with the fewest, and says so', async () => {
    const [ani, budi] = [await anOfficial(service, '32.73'), await anOfficial(service, '32.73')];
    const inBandung = { regionCode: '32.73.01' };
    const cases = [await submitted(inBandung), await submitted(inBandung), await submitted(inBandung)];
    const assignees = await Promise.all(cases.map(async (id) => (await caseOf(id)).assignedTo as string));
    expect(assignees).toEqual([ani.id, budi.id, ani.id]);
    expect(await factsAbout(cases[1] as string, 'assigned')).toMatchObject([
      { data: { officialId: budi.id, office: 'regency', officeCode: '32.73', reason: 'routed', by: 'system' } },
    ]);
    const { body } = await post(cases[1] as string, 'assignment', budi.token, { reason: 'too_much' }).expect(200);
    expect(body.assignedTo).toBe(ani.id);
    await post(cases[1] as string, 'assignment', ani.token, { officialId: newId() }).expect(422);
    const page = await service.http
      .get('/v1/review-cases')
      .query({ assignedTo: ani.id })
      .set(as(ani.token))
      .expect(200);
    expect(page.body.items).toHaveLength(3);
  });

  it('lets nobody decide who has an interest in the cooperative', async () => {
    const address = 'ketua@sekaligus-petugas.example';
    const partial = await anOfficial(service, '33.74', { contacts: { email: address } });
    const honest = await anOfficial(service, '33.74');
    const own = await submitted({ regionCode: '33.74' }, { email: address });
    expect((await caseOf(own)).assignedTo).toBe(honest.id);
    const decision = { decision: 'approve' };
    expect((await post(own, 'decision', partial.token, decision).expect(403)).body.code).toBe('conflict_of_interest');
    expect((await post(own, 'conflict-of-interest', honest.token).expect(200)).body.assignedTo).toBeNull();
    await post(own, 'decision', honest.token, decision).expect(403);
    expect((await post(own, 'assignment', honest.token).expect(409)).body.code).toBe('no_officer_available');
    const replacement = await anOfficial(service, '33.74');
    service.clock.set('2026-03-02T03:20:00Z');
    expect(await watch()).toEqual([own]);
    expect((await caseOf(own)).assignedTo).toBe(replacement.id);
    await post(own, 'decision', replacement.token, decision).expect(200);
  });

  it('looks for somebody else when a leave begins', async () => {
    const leave = [{ from: '2026-03-04', to: '2026-03-06' }];
    const away = await anOfficial(service, '34.71', { leave });
    const caseId = await submitted({ regionCode: '34.71' });
    expect((await caseOf(caseId)).assignedTo).toBe(away.id);
    const deputy = await anOfficial(service, '34.71');
    service.clock.set('2026-03-03T16:59:59Z');
    expect(await watch()).toEqual([]);
    service.clock.set('2026-03-03T17:00:00Z');
    expect(await watch()).toEqual([caseId]);
    expect((await caseOf(caseId)).assignedTo).toBe(deputy.id);
    expect((await factsAbout(caseId, 'assigned')).at(-1)).toMatchObject({
      data: { officialId: deputy.id, previousOfficialId: away.id, reason: 'leave' },
    });
  });

  it('escalates from the regency over the province to the ministry, once each', async () => {
    const province = await anOfficial(service, '51');
    // Bali: 11:00 there.
    const caseId = await submitted({ regionCode: '51.71' });
    service.clock.set('2026-03-09T02:59:59Z');
    expect(await watch()).toEqual([]);
    service.clock.set('2026-03-09T03:00:00Z');
    expect(await job.due(service.clock.now(), 100)).toMatchObject([{ data: { caseId } }]);
    await Promise.all([job.process({ caseId }), job.process({ caseId }), job.process({ caseId })]);
    expect(await watch()).toEqual([]);
    expect(await caseOf(caseId)).toMatchObject({
      office: { level: 'province', code: '51' },
      assignedTo: province.id,
      dueAt: '2026-03-12T03:00:00.000Z',
      escalations: [{ from: 'regency', to: 'province', missedAt: '2026-03-09T03:00:00.000Z' }],
    });
    const regency = await service.token({ roles: ['officer'], territory: '51.71' });
    await service.http.get(`/v1/review-cases/${caseId}`).set(as(regency)).expect(404);
    await anOfficial(service, 'ID', { roles: ['ministry'] });
    service.clock.set('2026-03-14T03:00:00Z');
    await watch();
    service.clock.set('2026-06-01T03:00:00Z');
    expect(await watch()).toEqual([]);
    expect((await factsAbout(caseId, 'escalated')).map(({ data }) => [data.previousOffice, data.office])).toEqual([
      ['regency', 'province'],
      ['province', 'ministry'],
    ]);
    await post(caseId, 'decision', province.token, { decision: 'approve' }).expect(404);
    await post(caseId, 'decision', ministry, { decision: 'approve' }).expect(200);
  });

  it('moves open deadlines by a decree, and forgets none that comes twice', async () => {
    const caseId = await submitted({ regionCode: '11.71' });
    const calendarId = newId();
    const decree = event(WorkCalendarSetV1, {
      calendarId,
      coversFrom: '2026-03-01',
      coversTo: '2026-03-31',
      daysOff: ['2026-03-05', '2026-03-06'],
      effectiveOn: '2026-03-02',
      knownAt: '2026-03-02T04:00:00.000Z',
    });
    const id = newId();
    const calendars = service.mongo.connection.collection('work_calendars');
    await publishFact(service, decree, id);
    await eventually(async () => expect(await calendars.countDocuments()).toBe(1));
    // It is not known yet.
    expect(await watch()).toEqual([]);
    service.clock.set('2026-03-02T05:00:00Z');
    expect(await watch()).toContain(caseId);
    expect((await caseOf(caseId)).dueAt).toBe('2026-03-11T03:00:00.000Z');
    expect(await factsAbout(caseId, 'rescheduled')).toMatchObject([
      {
        data: { previousDueAt: '2026-03-09T03:00:00.000Z', dueAt: '2026-03-11T03:00:00.000Z', reason: 'work_calendar' },
      },
    ]);
    await service.mongo.connection.collection('inbox').deleteMany({});
    await publishFact(service, decree, id);
    await eventually(async () => expect(await service.mongo.connection.collection('inbox').countDocuments()).toBe(1));
    expect(await calendars.countDocuments()).toBe(1);
    expect(await watch()).toEqual([]);
  });
});
