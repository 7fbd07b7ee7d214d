import { newId } from '@idxcoop/platform';
import { aSignUp, factsOf, signUp, type SignedUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ReviewApplicationController } from './review-application.controller';

describe(ReviewApplicationController.name, () => {
  let service: StartedService;
  let officer: string;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const submit = ({ id, statusToken }: SignedUp) =>
    service.http.post(`/v1/cooperatives/${id}/submit`).set(as(statusToken));
  const statusOf = ({ statusUrl, statusToken }: SignedUp) =>
    service.http.get(statusUrl).set(as(statusToken)).expect(200);
  const list = (query: object, token = officer) => service.http.get('/v1/review-cases').query(query).set(as(token));
  const decide = (id: string, body: object, token = officer) =>
    service.http.post(`/v1/review-cases/${id}/decision`).set(as(token)).send(body);
  const submitted = async (fields: object = {}) => {
    const signedUp = await signUpVerified(service, aSignUp(fields));
    const { body } = await submit(signedUp).expect(202);
    return { signedUp, caseId: body.reviewCase.id as string };
  };
  const rejection = {
    decision: 'reject',
    reasons: [{ requirement: 'legalEntityNumber', code: 'unreadable', note: 'Foto buram, mohon kirim ulang.' }],
  };

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    officer = await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' });
  });
  afterAll(() => service?.close());

  it('takes no application without a verified contact', async () => {
    expect((await submit(await signUp(service)).expect(409)).body.code).toBe('contact_not_verified');
  });

  it('answers a submission with its review case, and refuses the second', async () => {
    const signedUp = await signUpVerified(service);
    const { body } = await submit(signedUp).expect(202);
    expect(body).toEqual({
      id: signedUp.id,
      registration: 'submitted',
      reviewCase: { id: expect.any(String), state: 'open', openedAt: expect.any(String) },
      statusUrl: signedUp.statusUrl,
    });
    expect((await submit(signedUp).expect(409)).body).toMatchObject({ code: 'wrong_state', registration: 'submitted' });
  });

  it('opens one case of two submissions at the same moment', async () => {
    const signedUp = await signUpVerified(service);
    const answers = await Promise.all([submit(signedUp), submit(signedUp)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  });

  it('approves: the fact, the status and the history say so', async () => {
    const { signedUp, caseId } = await submitted();
    const { body } = await decide(caseId, { decision: 'approve' }).expect(200);
    expect(body).toMatchObject({
      id: caseId,
      state: 'approved',
      cooperative: { id: signedUp.id, registration: 'verified' },
    });
    const facts = await factsOf(service, signedUp.id);
    expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
    expect(facts.at(-1)).toMatchObject({ type: 'onboarding.cooperative.verified.v1', data: { reviewCaseId: caseId } });
    const status = await statusOf(signedUp);
    expect(status.body.stages.registration.history.map(({ state }: { state: string }) => state)).toEqual([
      'draft',
      'submitted',
      'in_review',
      'verified',
    ]);
    expect(status.body).toMatchObject({
      registration: 'verified',
      activity: 'active',
      nextStep: { code: 'stay_active' },
      deadline: { requirement: 'completeBoard' },
    });
  });

  it('rejects with reasons: codes travel, the note is for the applicant, who may come again', async () => {
    const { signedUp, caseId } = await submitted();
    await decide(caseId, rejection).expect(200);
    const facts = await factsOf(service, signedUp.id);
    expect(facts.at(-1)).toMatchObject({
      type: 'onboarding.cooperative.rejected.v1',
      data: { reasonCodes: ['unreadable'] },
    });
    expect(JSON.stringify(facts)).not.toContain('Foto buram');
    expect((await statusOf(signedUp)).body).toMatchObject({
      registration: 'rejected',
      requirements: { errors: rejection.reasons, currentlyDue: ['legalEntityNumber', 'application'] },
      nextStep: { code: 'mend', text: expect.stringContaining('Perbaiki') },
    });
    await submit(signedUp).expect(202);
  });

  it('wants reasons for a rejection', async () => {
    const { caseId } = await submitted();
    const { body } = await decide(caseId, { decision: 'reject' }).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/reasons', code: 'required' }]);
    await decide(caseId, { decision: 'perhaps' }).expect(422);
    await decide(caseId, { decision: 'reject', reasons: [{ requirement: 'x' }] }).expect(422);
  });

  it('takes no reasons with an approval, and none with what is hidden in them', async () => {
    const { caseId } = await submitted();
    const approval = { ...rejection, decision: 'approve' };
    expect((await decide(caseId, approval).expect(422)).body.errors).toMatchObject([{ pointer: '/reasons' }]);
    const hidden = { ...rejection, reasons: [{ ...rejection.reasons[0], note: 'Foto\u0000' }] };
    expect((await decide(caseId, hidden).expect(422)).body.errors).toMatchObject([
      { pointer: '/reasons/0/note', code: 'control_characters' },
    ]);
    await decide(caseId, { decision: 'approve', reasons: [] }).expect(200);
  });

  it('is decided once, also by two officers at the same moment', async () => {
    const { caseId } = await submitted();
    const answers = await Promise.all([decide(caseId, { decision: 'approve' }), decide(caseId, rejection)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await decide(caseId, { decision: 'approve' }).expect(409)).body.code).toBe('already_decided');
  });

  it('shows nobody the cases of another territory', async () => {
    const { caseId } = await submitted({ regionCode: '13.71' });
    const medan = await service.token({ roles: ['verifier'], territory: '12.71' });
    const { caseId: inMedan } = await submitted({ regionCode: '12.71.05' });
    const ids = async (query: object, token: string) =>
      ((await list(query, token).expect(200)).body.items as { id: string; regionCode: string }[]).map(({ id }) => id);
    expect(await ids({ state: 'open', territory: '13' }, officer)).toEqual([]);
    expect(await ids({ state: 'open', limit: 200 }, officer)).not.toContain(caseId);
    expect(await ids({ state: 'open', territory: '12', limit: 200 }, medan)).toContain(inMedan);
    expect(await ids({ state: 'open', territory: '13' }, await service.token({ roles: ['ministry'] }))).toEqual([
      caseId,
    ]);
    await decide(caseId, { decision: 'approve' }).expect(404);
    await decide(newId(), { decision: 'approve' }).expect(404);
    await list({}, await service.token({ roles: ['editor'] })).expect(403);
    await service.http.get('/v1/review-cases').expect(401);
  });

  it('pages through the queue, the oldest first, without a gap', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await list({ limit: 2, ...(cursor && { cursor }) }).expect(200);
      seen.push(...(body.items as { openedAt: string; id: string }[]).map(({ openedAt, id }) => `${openedAt} ${id}`));
      cursor = body.nextCursor as string | null;
    }
    expect(seen.length).toBeGreaterThan(4);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  it.each([{}, { at: 'x', id: 'y' }, { at: {}, id: 'y' }, { at: '2026-01-01', id: { $gt: '' } }])(
    'refuses a cursor that it did not make: %j',
    async (position) => {
      const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
      const { body } = await list({ cursor }).expect(422);
      expect(body.errors).toMatchObject([{ pointer: '/cursor', code: 'bad_cursor' }]);
    },
  );

  it('lets the applicant withdraw: the case ends, the numbers are free', async () => {
    const body = aSignUp();
    const signedUp = await signUpVerified(service, body);
    const { body: answer } = await submit(signedUp).expect(202);
    await service.http.post(`/v1/cooperatives/${signedUp.id}/withdraw`).set(as(signedUp.statusToken)).expect(200);
    expect((await decide(answer.reviewCase.id, { decision: 'approve' }).expect(409)).body.code).toBe('already_decided');
    await signUp(service, aSignUp({ legalEntityNumber: body.legalEntityNumber, nikKoperasi: body.nikKoperasi }));
    expect((await submit(signedUp).expect(409)).body.code).toBe('duplicate_cooperative');
  });
});
