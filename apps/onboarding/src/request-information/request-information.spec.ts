import { aSignUp, factsOf, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { RequestInformationController } from './request-information.controller';

describe(RequestInformationController.name, () => {
  let service: StartedService;
  let officer: string;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const reasons = [{ requirement: 'completeBoard', code: 'incomplete', note: 'Mohon kirim daftar pengurus.' }];
  const caseOf = async (id: string) =>
    (await service.http.get(`/v1/review-cases/${id}`).set(as(officer)).expect(200)).body;
  const ask = (id: string, token = officer, body: object = { reasons }) =>
    service.http.post(`/v1/review-cases/${id}/information-requests`).set(as(token)).send(body);
  const requestsOf = (path: string, token: string) => service.http.get(path).set(as(token));
  const submitted = async () => {
    const { id, statusToken } = await signUpVerified(service, aSignUp());
    const { body } = await service.http.post(`/v1/cooperatives/${id}/submit`).set(as(statusToken)).expect(202);
    const answer = (requestId: string, token = statusToken, fields: object = { text: 'Daftar terlampir.' }) =>
      service.http.post(`/v1/cooperatives/${id}/information-requests/${requestId}/answer`).set(as(token)).send(fields);
    return { id, statusToken, caseId: body.reviewCase.id as string, answer };
  };

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  beforeEach(async () => {
    service.clock.set('2026-03-02T03:00:00Z');
    officer = await service.token({ roles: ['officer'], territory: '12.71', subject: 'officer-12.71' });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('lets the clock stand until the applicant has answered, and never starts it anew', async () => {
    const { id, statusToken, caseId, answer } = await submitted();
    expect(await caseOf(caseId)).toMatchObject({ dueAt: '2026-03-09T03:00:00.000Z', pausedAt: null, escalations: [] });
    service.clock.set('2026-03-03T03:00:00Z');
    const { body: request, headers } = await ask(caseId).expect(201);
    expect(request).toMatchObject({ reviewCaseId: caseId, state: 'open', reasons, answer: null });
    expect(headers.location).toBe(`/v1/review-cases/${caseId}/information-requests`);
    expect(await caseOf(caseId)).toMatchObject({ state: 'open', dueAt: null, pausedAt: '2026-03-03T03:00:00.000Z' });
    const mine = await requestsOf(`/v1/cooperatives/${id}/information-requests`, statusToken).expect(200);
    expect(mine.body.items).toEqual([request]);
    service.clock.set('2026-03-16T03:00:00Z');
    expect((await answer(request.id as string).expect(200)).body).toMatchObject({ state: 'answered' });
    // One of the five days was used.
    expect(await caseOf(caseId)).toMatchObject({ dueAt: '2026-03-20T03:00:00.000Z', pausedAt: null });
    const facts = (await factsOf(service, caseId)).map(({ type, data: { reason, by } }) => [type, reason, by]);
    expect(facts).toEqual([
      ['onboarding.review.paused.v1', 'information_requested', 'officer-12.71'],
      ['onboarding.review.resumed.v1', 'information_given', 'applicant'],
    ]);
    expect(JSON.stringify(await factsOf(service, caseId))).not.toMatch(/Mohon|terlampir/);
  });

  it('shows the answer to the officers of the case alone, and remembers who read it', async () => {
    const { id, statusToken, caseId, answer } = await submitted();
    const { body: request } = await ask(caseId).expect(201);
    await answer(request.id as string).expect(200);
    const stored = await service.mongo.connection.collection('information_requests').findOne({ reviewCaseId: caseId });
    expect(JSON.stringify(stored)).not.toContain('terlampir');
    const path = `/v1/review-cases/${caseId}/information-requests`;
    expect((await requestsOf(path, officer).expect(200)).body.items).toMatchObject([{ answer: 'Daftar terlampir.' }]);
    expect(
      await service.mongo.connection
        .collection('audit_entries')
        .countDocuments({ action: 'answer.read', subjectId: caseId }),
    ).toBe(1);
    const mine = await requestsOf(`/v1/cooperatives/${id}/information-requests`, statusToken).expect(200);
    expect(mine.body.items).toMatchObject([{ state: 'answered', answer: null }]);
    await requestsOf(path, await service.token({ roles: ['officer'], territory: '12.07' })).expect(404);
    await requestsOf(path, statusToken).expect(401);
  });

  it('asks one thing at a time, is answered once, and not after the decision', async () => {
    const { caseId, answer } = await submitted();
    const other = await submitted();
    const { body: first } = await ask(caseId).expect(201);
    expect((await ask(caseId).expect(409)).body.code).toBe('awaits_answer');
    await answer(first.id as string, other.statusToken).expect(403);
    await other.answer(first.id as string).expect(404);
    const both = await Promise.all([answer(first.id as string), answer(first.id as string)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await answer(first.id as string).expect(409)).body.code).toBe('already_answered');
    const { body: second } = await ask(caseId).expect(201);
    const decision = { decision: 'reject', reasons };
    await service.http.post(`/v1/review-cases/${caseId}/decision`).set(as(officer)).send(decision).expect(200);
    expect((await answer(second.id as string).expect(409)).body.code).toBe('already_decided');
  });

  it('wants to know what is asked for, and is for the office whose turn it is', async () => {
    const { caseId } = await submitted();
    await ask(caseId, officer, { reasons: [] }).expect(422);
    await ask(caseId, officer, {}).expect(422);
    await ask(caseId, await service.token({ roles: ['officer'], territory: '13' })).expect(404);
    await ask(caseId, await service.token({ roles: ['assistant'], territory: '12' })).expect(403);
    await ask(caseId, await service.token({ roles: ['verifier'], territory: '12' })).expect(201);
  });
});
