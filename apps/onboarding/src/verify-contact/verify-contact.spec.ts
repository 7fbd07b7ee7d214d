import { Derivation, newId } from '@idxcoop/platform';
import { aSignUp, codeOf, factsOf, flowOf, signUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { VerifyContactController } from './verify-contact.controller';

describe(VerifyContactController.name, () => {
  let service: StartedService;
  const post = (flowId: string, body: object) => service.http.post(`/v1/verifications/${flowId}`).send(body);
  const resend = (flowId: string) => service.http.post(`/v1/verifications/${flowId}/resend`);
  const tokenOf = (flowId: string, send = 1) => service.get(Derivation).token('verification', flowId, send);
  const wrongFor = (flowId: string) => (codeOf(service, flowId) === '000000' ? '111111' : '000000');
  const verifiedFacts = async (id: string) =>
    (await factsOf(service, id)).filter(({ type }) => type === 'onboarding.contact.verified.v1');

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('verifies by the six digits, once', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'whatsapp');
    for (let time = 0; time < 2; time += 1) {
      const { body } = await post(flowId, { code: codeOf(service, flowId) }).expect(200);
      expect(body).toEqual({ state: 'verified' });
    }
    expect(await verifiedFacts(signedUp.id)).toMatchObject([{ data: { channel: 'whatsapp', first: true, flowId } }]);
  });

  it('welcomes only with the first of two contacts, also when both come at once', async () => {
    const signedUp = await signUp(service);
    const [email, whatsapp] = [flowOf(signedUp, 'email'), flowOf(signedUp, 'whatsapp')];
    const answers = await Promise.all([
      post(email, { token: tokenOf(email) }),
      post(whatsapp, { code: codeOf(service, whatsapp) }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const firsts = (await verifiedFacts(signedUp.id)).map(({ data }) => data.first);
    expect(firsts.sort()).toEqual([false, true]);
  });

  it('shows a page that verifies nothing, whose button does', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'email');
    const page = await service.http
      .get(`/v1/verifications/${flowId}`)
      .query({ token: tokenOf(flowId) })
      .expect(200);
    expect(page.headers['content-type']).toMatch(/text\/html/);
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.text).toContain('Konfirmasi');
    expect(await verifiedFacts(signedUp.id)).toEqual([]);
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const token = /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const done = await service.http.post(action).type('form').set('Accept-Language', 'en').send({ token }).expect(200);
    expect(done.text).toContain('Your contact is confirmed');
    expect(await verifiedFacts(signedUp.id)).toHaveLength(1);
  });

  it('writes nothing of the request into the page unescaped', async () => {
    const { text } = await service.http.get('/v1/verifications/x').query({ token: '"><script>' }).expect(200);
    expect(text).not.toContain('<script>');
  });

  it('counts wrong guesses down, and gives a new flow with its own message when they are used up', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'whatsapp');
    for (const attemptsLeft of [4, 3, 2, 1]) {
      const { body } = await post(flowId, { code: wrongFor(flowId) }).expect(422);
      expect(body).toMatchObject({ code: 'wrong_code', attemptsLeft, nextFlowId: null });
    }
    const { body } = await post(flowId, { code: wrongFor(flowId) }).expect(422);
    expect(body).toMatchObject({ code: 'wrong_code', attemptsLeft: 0, nextFlowId: expect.any(String) });
    const spent = await post(flowId, { code: codeOf(service, flowId) }).expect(422);
    expect(spent.body).toMatchObject({ attemptsLeft: 0, nextFlowId: body.nextFlowId });
    const requests = (await factsOf(service, signedUp.id)).filter(({ data }) => data.flowId === body.nextFlowId);
    expect(requests).toMatchObject([{ type: 'onboarding.verification.requested.v1', data: { sendNumber: 1 } }]);
    await post(body.nextFlowId, { code: codeOf(service, body.nextFlowId) }).expect(200);
  });

  it('never counts more guesses than there are, however many come at once', async () => {
    const flowId = flowOf(await signUp(service), 'whatsapp');
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(flowId, { code: wrongFor(flowId) })));
    expect(answers.every(({ status }) => status === 422)).toBe(true);
    const left = answers.map(({ body }) => body.attemptsLeft as number).sort();
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    expect(new Set(answers.flatMap(({ body }) => body.nextFlowId ?? [])).size).toBe(1);
  });

  it.each([
    ['a code after 15 minutes', 'whatsapp', 15 * 60_000],
    ['a link after 60 minutes', 'email', 60 * 60_000],
  ] as const)('refuses %s, and resending gives a new flow', async (_case, channel, life) => {
    const flowId = flowOf(await signUp(service), channel);
    service.clock.advance(life + 1_000);
    const { body } = await post(flowId, { code: codeOf(service, flowId), token: tokenOf(flowId) }).expect(422);
    expect(body.code).toBe('expired_code');
    const again = await resend(flowId).expect(202);
    expect(again.body).toMatchObject({ channel, flowId: expect.any(String) });
    expect(again.body.flowId).not.toBe(flowId);
  });

  it('resends with the same flow while it lives, and the code before the last one still holds', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'whatsapp');
    const { body } = await resend(flowId).expect(202);
    expect(body).toMatchObject({ flowId, channel: 'whatsapp' });
    const sends = (await factsOf(service, signedUp.id)).filter(({ data }) => data.flowId === flowId);
    expect(sends.map(({ data }) => data.sendNumber)).toEqual([1, 2]);
    await post(flowId, { code: codeOf(service, flowId, 1) }).expect(200);
  });

  it('resends a flow at most three times, with the time to wait', async () => {
    const flowId = flowOf(await signUp(service), 'whatsapp');
    for (let time = 0; time < 3; time += 1) await resend(flowId).expect(202);
    const { body, headers } = await resend(flowId).expect(429);
    expect(body.code).toBe('rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('writes to one contact at most six times an hour, over all of its flows', async () => {
    let flowId = flowOf(await signUp(service), 'whatsapp');
    for (let time = 0; time < 5; time += 1) {
      service.clock.advance(8 * 60_000);
      if (time === 2) service.clock.advance(16 * 60_000);
      flowId = (await resend(flowId).expect(202)).body.flowId as string;
    }
    await resend(flowId).expect(429);
  });

  it('answers 404 for a flow that is not there, and 409 to resending what is verified', async () => {
    await post(newId(), { code: '123456' }).expect(404);
    await resend(newId()).expect(404);
    const flowId = flowOf(await signUp(service), 'whatsapp');
    await post(flowId, { code: codeOf(service, flowId) }).expect(200);
    expect((await resend(flowId).expect(409)).body.code).toBe('contact_already_verified');
  });

  it('takes no token of another flow or another purpose', async () => {
    const flowId = flowOf(await signUp(service), 'email');
    const other = flowOf(await signUp(service), 'email');
    for (const token of [tokenOf(other), service.get(Derivation).token('status', flowId), tokenOf(flowId, 2), 'x'])
      expect((await post(flowId, { token }).expect(422)).body.code).toBe('wrong_code');
  });

  it('mends a mistyped phone with the status token: the old flow ends, the new number is asked', async () => {
    const signedUp = await signUp(service, aSignUp());
    const old = flowOf(signedUp, 'whatsapp');
    const mend = (body: object, token = signedUp.statusToken) =>
      service.http.patch(`/v1/cooperatives/${signedUp.id}/contact`).auth(token, { type: 'bearer' }).send(body);
    const { body } = await mend({ phone: '0813-0000-1234' }).expect(200);
    const flowId = flowOf(body, 'whatsapp');
    await post(old, { code: codeOf(service, old) }).expect(422);
    await post(flowId, { code: codeOf(service, flowId) }).expect(200);
    expect((await mend({ phone: '0813-0000-1235' }).expect(409)).body.code).toBe('contact_already_verified');
    await mend({ phone: '0813-0000-1235' }, 'x.y').expect(401);
    await mend({ phone: '0813-0000-1235' }, (await signUp(service)).statusToken).expect(403);
  });

  it.each<[string, object | undefined]>([
    ['an empty body', {}],
    ['no body', undefined],
    ['a null', { code: null }],
    ['nothing in it', { code: '' }],
    ['blanks', { code: '  ' }],
  ])('takes no attempt for a code that is missing: %s', async (_case, body) => {
    const flowId = flowOf(await signUp(service), 'whatsapp');
    const path = `/v1/verifications/${flowId}`;
    const answer = await (body ? service.http.post(path).send(body) : service.http.post(path)).expect(422);
    expect(answer.body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/code', code: 'required' }] });
    expect((await post(flowId, { code: wrongFor(flowId) }).expect(422)).body.attemptsLeft).toBe(4);
  });

  it('asks for the token of a link where that is missing', async () => {
    const flowId = flowOf(await signUp(service), 'email');
    for (const body of [{}, { code: '123456' }, { token: '' }])
      expect((await post(flowId, body).expect(422)).body.errors).toMatchObject([{ pointer: '/token' }]);
    expect((await post(flowId, { token: 'x' }).expect(422)).body.attemptsLeft).toBe(4);
  });

  it('gives a fresh flow for an expired one, the same each time, and none beyond the limits', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'whatsapp');
    let last = flowId;
    for (let time = 0; time < 5; time += 1) {
      service.clock.advance(16 * 60_000);
      if (time === 3) service.clock.advance(4 * 3_600_000);
      const { body } = await post(flowId, { code: codeOf(service, flowId) }).expect(422);
      expect(body).toMatchObject({ code: 'expired_code', attemptsLeft: 0, nextFlowId: expect.any(String) });
      expect(body.nextFlowId).not.toBe(last);
      const again = await post(flowId, { code: wrongFor(flowId) }).expect(422);
      expect(again.body).toMatchObject({ code: 'expired_code', nextFlowId: body.nextFlowId });
      last = body.nextFlowId as string;
    }
    const next: unknown[] = [];
    for (let time = 0; time < 3; time += 1) {
      for (let send = 0; send < 3; send += 1) await resend(last);
      service.clock.advance(16 * 60_000);
      const { body } = await post(flowId, { code: wrongFor(flowId) }).expect(422);
      next.push(body.nextFlowId);
      last = (body.nextFlowId as string | null) ?? last;
    }
    expect(next).toContain(null);
  });

  it('names the living flow in the place of one whose address was mended', async () => {
    const signedUp = await signUp(service);
    const old = flowOf(signedUp, 'whatsapp');
    for (let guess = 0; guess < 5; guess += 1) await post(old, { code: wrongFor(old) });
    const { body } = await service.http
      .patch(`/v1/cooperatives/${signedUp.id}/contact`)
      .auth(signedUp.statusToken, { type: 'bearer' })
      .send({ phone: '0813-0000-7777' })
      .expect(200);
    const living = flowOf(body, 'whatsapp');
    expect((await post(old, { code: codeOf(service, old) }).expect(422)).body.nextFlowId).toBe(living);
    await post(living, { code: codeOf(service, living) }).expect(200);
    expect((await post(old, { code: codeOf(service, old) }).expect(422)).body.nextFlowId).toBeNull();
  });
});
