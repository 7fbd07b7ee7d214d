import { newId, REDIS } from '@idxcoop/platform';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import { signIn, signInCodeOf } from '../../../../test/support/sign-in';
import { aSignUp, factsOf, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { SignInController } from './sign-in.controller';

describe(SignInController.name, () => {
  let service: StartedService;
  let serial = 0;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'] });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  const post = (path: string, body: object) => service.http.post(path).send(body);
  const begin = (body: object) => post('/v1/sign-ins', body);
  const confirm = (flowId: string, body: object) => post(`/v1/sign-ins/${flowId}`, body);
  const refresh = (refreshToken: string) => post('/v1/sessions/refresh', { refreshToken });
  const as = (token: string) => ({ get: (path: string) => service.http.get(path).auth(token, { type: 'bearer' }) });
  const wrongFor = (flowId: string) => (signInCodeOf(service, flowId) === '000000' ? '000001' : '000000');

  /** A cooperative whose contact has proved a number that nobody else has. */
  async function speaker(phone = nobody()) {
    const { id } = await signUpVerified(service, aSignUp({}, { phone }));
    return { id, phone };
  }

  function nobody(): string {
    serial += 1;
    return `+62813${String(55_000_000 + serial)}`;
  }

  it('answers all alike, and sends a code to those alone who are known', async () => {
    const { phone } = await speaker();
    const known = await begin({ phone }).expect(202);
    const unknown = await begin({ phone: nobody() }).expect(202);
    const keys = (body: object) => Object.keys(body).sort();
    expect(keys(known.body)).toEqual(keys(unknown.body));
    expect(known.body).toEqual({ flowId: expect.any(String), channel: 'whatsapp', expiresAt: expect.any(String) });
    await eventually(async () => {
      const flows = service.mongo.connection.collection('sign_in_flows');
      expect(await flows.countDocuments({ owed: { $gt: 0 } })).toBe(0);
    });
    const [fact, ...others] = await factsOf(service, known.body.flowId);
    expect(others).toEqual([]);
    expect(fact).toMatchObject({
      type: 'onboarding.sign-in.requested.v1',
      data: { recipientKind: 'contact', sendNumber: 1 },
    });
    expect(await factsOf(service, unknown.body.flowId)).toEqual([]);
    for (const { flowId } of [known.body, unknown.body]) {
      const { body } = await confirm(flowId, { code: wrongFor(flowId) }).expect(422);
      expect(body).toMatchObject({ code: 'wrong_code', attemptsLeft: 4, nextFlowId: null });
    }
    // Nobody was sent it, and it opens nothing all the same.
    await confirm(unknown.body.flowId, { code: signInCodeOf(service, unknown.body.flowId) }).expect(422);
  });

  it('lets in who speaks for a cooperative: for ten minutes, for that cooperative, by a key that is published', async () => {
    const { id, phone } = await speaker();
    const other = await speaker();
    const answer = await signIn(service, { phone });
    expect(answer).toMatchObject({
      state: 'signed_in',
      expiresIn: 600,
      subject: { kind: 'cooperative', id, roles: ['applicant'], cooperativeId: id },
    });
    const { body: jwks } = await service.http.get('/.well-known/jwks.json').expect(200);
    expect(JSON.stringify(jwks)).not.toContain('"d"');
    const { payload } = await jwtVerify(answer.accessToken, createLocalJWKSet(jwks), { audience: 'idxcoop' });
    expect(payload).toMatchObject({ roles: ['applicant'], cooperativeId: id, sid: answer.sessionId });
    expect((payload.exp as number) - (payload.iat as number)).toBe(600);
    expect(decodeProtectedHeader(answer.accessToken)).toEqual({ alg: 'EdDSA', kid: 'test' });
    const { body: status } = await as(answer.accessToken).get(`/v1/cooperatives/${id}/status`).expect(200);
    expect(status.activity).toBe('active');
    await as(answer.accessToken).get(`/v1/cooperatives/${other.id}/status`).expect(403);
    await as(await service.token({ roles: ['officer'] }))
      .get(`/v1/cooperatives/${id}/status`)
      .expect(403);
    await as(answer.accessToken).get('/v1/review-cases').expect(403);
  });

  it('takes five guesses, once each, and names the next flow', async () => {
    const { phone } = await speaker();
    const { flowId } = (await begin({ phone }).expect(202)).body;
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(flowId, { code: wrongFor(flowId) })));
    expect(answers.map(({ body }) => body.attemptsLeft as number).sort()).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
    const next = new Set(answers.flatMap(({ body }) => body.nextFlowId ?? []));
    expect(next.size).toBe(1);
    expect((await confirm(flowId, { code: signInCodeOf(service, flowId) }).expect(422)).body.nextFlowId).toBe(
      [...next][0],
    );
    const fresh = [...next][0] as string;
    await confirm(fresh, { code: signInCodeOf(service, fresh) }).expect(200);
    expect((await confirm(fresh, { code: signInCodeOf(service, fresh) }).expect(422)).body.code).toBe('wrong_code');
  });

  it('refuses a code that is late, and sends the next', async () => {
    const { phone } = await speaker();
    const { flowId } = (await begin({ phone }).expect(202)).body;
    service.clock.advance(15 * 60_000 + 1);
    const { body } = await confirm(flowId, { code: signInCodeOf(service, flowId) }).expect(422);
    expect(body).toMatchObject({ code: 'expired_code', attemptsLeft: 0, nextFlowId: expect.any(String) });
    expect((await post(`/v1/sign-ins/${body.nextFlowId}/resend`, {}).expect(202)).body.flowId).toBe(body.nextFlowId);
    await confirm(body.nextFlowId, { code: signInCodeOf(service, body.nextFlowId, 2) }).expect(200);
  });

  it('lets the person choose where one number speaks for several', async () => {
    const first = await speaker();
    const second = await speaker(first.phone);
    const { flowId } = (await begin({ phone: first.phone }).expect(202)).body;
    const code = signInCodeOf(service, flowId);
    const { body } = await confirm(flowId, { code }).expect(200);
    expect(body.state).toBe('choose');
    expect((body.choices as { id: string }[]).map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    expect((await confirm(flowId, { code, choice: newId() }).expect(422)).body.errors[0].code).toBe('unknown_choice');
    const { body: entered } = await confirm(flowId, { code, choice: second.id }).expect(200);
    expect(entered.subject.id).toBe(second.id);
  });

  it.each<[string, object, string]>([
    ['no address', {}, 'email_or_phone_required'],
    ['two addresses', { phone: '0812-3456-7890', email: 'a@b.example' }, 'one_address'],
    ['a land line', { phone: '021-555-0123' }, 'not_mobile'],
  ])('refuses %s', async (_case, body, code) => {
    expect((await begin(body).expect(422)).body.errors[0].code).toBe(code);
  });

  it('sends six codes an hour to one address, known or not, also when Redis was wiped', async () => {
    for (const phone of [(await speaker()).phone, nobody()]) {
      for (let time = 0; time < 6; time += 1) await begin({ phone }).expect(202);
      const redis = service.app.get<Redis>(REDIS);
      const { body } = await begin({ phone }).expect(429);
      expect(body.code).toBe('rate_limited');
      const keys = await redis.keys(`${service.config.dbPrefix}:*sign-in-codes*`);
      expect(await redis.del(...keys)).toBeGreaterThan(0);
      const { headers } = await begin({ phone }).expect(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(60);
    }
  });

  it('gives the next tokens for the last one, and the same once more where the answer got lost', async () => {
    const { phone } = await speaker();
    const first = await signIn(service, { phone });
    const [one, two] = await Promise.all([
      refresh(first.refreshToken).expect(200),
      refresh(first.refreshToken).expect(200),
    ]);
    expect(one.body.refreshToken).toBe(two.body.refreshToken);
    expect(one.body.refreshToken).not.toBe(first.refreshToken);
    const { body } = await refresh(one.body.refreshToken).expect(200);
    await as(body.accessToken).get('/v1/sessions').expect(200);
    const kept = JSON.stringify(await service.mongo.connection.collection('sessions').find({}).toArray());
    for (const token of [first.refreshToken, one.body.refreshToken, body.refreshToken])
      expect(kept).not.toContain((token as string).split('.')[1]);
  });

  it('ends the whole family when a token comes back whose successor was used, or late', async () => {
    const { phone } = await speaker();
    for (const late of [false, true]) {
      const first = await signIn(service, { phone });
      const second = (await refresh(first.refreshToken).expect(200)).body;
      const last = late ? second : (await refresh(second.refreshToken).expect(200)).body;
      if (late) service.clock.advance(61_000);
      expect((await refresh(first.refreshToken).expect(401)).body.code).toBe('session_ended');
      await refresh(last.refreshToken).expect(401);
      await as(last.accessToken).get('/v1/sessions').expect(401);
      service.clock.reset();
    }
  });

  it('ends nobody’s session for a token that somebody made up', async () => {
    const { phone } = await speaker();
    const { refreshToken, sessionId } = await signIn(service, { phone });
    await refresh(`${sessionId}.${'0'.repeat(88)}`).expect(401);
    await refresh('nothing').expect(401);
    await refresh(refreshToken).expect(200);
  });

  it('ends a session that nobody used for a month, and any after half a year', async () => {
    const { phone } = await speaker();
    const idle = await signIn(service, { phone });
    service.clock.advance(30 * 86_400_000 + 1);
    await refresh(idle.refreshToken).expect(401);
    service.clock.reset();
    let { refreshToken } = await signIn(service, { phone });
    for (let month = 0; month < 6; month += 1) {
      service.clock.advance(29 * 86_400_000);
      refreshToken = (await refresh(refreshToken).expect(200)).body.refreshToken as string;
    }
    service.clock.advance(7 * 86_400_000);
    await refresh(refreshToken).expect(401);
  });

  it('shows people their sessions and lets them end one or all, at once', async () => {
    const { phone } = await speaker();
    const [here, there, third] = [
      await signIn(service, { phone }),
      await signIn(service, { phone }),
      await signIn(service, { phone }),
    ];
    const { body } = await as(here.accessToken).get('/v1/sessions').expect(200);
    expect((body.items as { id: string; current: boolean }[]).filter(({ current }) => current)).toMatchObject([
      { id: here.sessionId },
    ]);
    expect(body.items).toHaveLength(3);
    const revoke = (input: object, token?: string) =>
      token ? post('/v1/sessions/revoke', input).auth(token, { type: 'bearer' }) : post('/v1/sessions/revoke', input);
    await revoke({ sessionId: there.sessionId }, here.accessToken).expect(200, { revoked: 1 });
    await as(there.accessToken).get('/v1/sessions').expect(401);
    await revoke({ refreshToken: third.refreshToken }).expect(200, { revoked: 1 });
    await refresh(third.refreshToken).expect(401);
    await revoke({}).expect(401);
    const stranger = await signIn(service, { phone: (await speaker()).phone });
    await revoke({ sessionId: here.sessionId }, stranger.accessToken).expect(200, { revoked: 0 });
    await revoke({ all: true }, here.accessToken).expect(200, { revoked: 1 });
    await as(here.accessToken).get('/v1/sessions').expect(401);
  });
});
