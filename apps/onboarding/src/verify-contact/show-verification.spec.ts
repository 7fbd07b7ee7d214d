import { Derivation, newId } from '@idxcoop/platform';
import { codeOf, flowOf, signUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ShowVerificationHandler } from './show-verification.handler';

describe(ShowVerificationHandler.name, () => {
  let service: StartedService;
  const post = (flowId: string, body: object) => service.http.post(`/v1/verifications/${flowId}`).send(body);
  const tokenOf = (flowId: string, send = 1) => service.get(Derivation).token('verification', flowId, send);
  const wrongFor = (flowId: string) => (codeOf(service, flowId) === '000000' ? '111111' : '000000');

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  const open = (flowId: string, token?: string) =>
    service.http
      .get(`/v1/verifications/${flowId}`)
      .query(token ? { token } : {})
      .set('Accept-Language', 'en')
      .expect(200);
  const type = (flowId: string, code: string) =>
    service.http.post(`/v1/verifications/${flowId}`).type('form').set('Accept-Language', 'en').send({ code });

  it('has a field for the six digits of a WhatsApp message, which verifies', async () => {
    const flowId = flowOf(await signUp(service), 'whatsapp');
    const { text } = await open(flowId);
    expect(text).toMatch(/<input[^>]+name="code"[^>]+inputmode="numeric"/);
    expect(text).not.toMatch(/e-mail|name="token"/);
    expect((await type(flowId, '').expect(422)).text).toContain('name="code"');
    expect((await type(flowId, wrongFor(flowId)).expect(422)).text).toMatch(/attempts left: 4[^]*name="code"/);
    expect((await type(flowId, codeOf(service, flowId)).expect(200)).text).toContain('is confirmed');
  });

  it('has no button where there is nothing to confirm any more, and says what to do', async () => {
    const signedUp = await signUp(service);
    const [email, whatsapp] = [flowOf(signedUp, 'email'), flowOf(signedUp, 'whatsapp')];
    expect((await open(email)).text).toMatch(/Open the link in the e-mail/);
    expect((await open(email, 'x.y')).text).toMatch(/Open the link in the e-mail/);
    await post(email, { token: tokenOf(email) }).expect(200);
    expect((await open(email, tokenOf(email))).text).toMatch(/is confirmed/);
    for (let guess = 0; guess < 5; guess += 1) await post(whatsapp, { code: wrongFor(whatsapp) });
    const used = await open(whatsapp);
    const { body } = await post(whatsapp, { code: '000000' });
    expect(used.text).toMatch(/used up/);
    expect(used.text).toContain(`href="/v1/verifications/${body.nextFlowId as string}"`);
    service.clock.advance(2 * 3_600_000);
    expect((await open(body.nextFlowId as string)).text).toMatch(/expired[^]*sign-up page/);
    expect((await open(newId())).text).toMatch(/no longer valid/);
    for (const id of [email, whatsapp, newId()]) expect((await open(id)).text).not.toMatch(/<button|<form/);
  });
});
