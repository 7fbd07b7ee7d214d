import {
  aSignUp,
  codeOf,
  factsOf,
  flowOf,
  signUp,
  type SignedUp,
  signUpVerified,
} from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ClaimCooperativeController } from './claim-cooperative.controller';

describe(ClaimCooperativeController.name, () => {
  let service: StartedService;
  const claim = async (id: string) => {
    const { contact, consent } = aSignUp();
    const { body } = await service.http.post(`/v1/cooperatives/${id}/claims`).send({ contact, consent }).expect(201);
    return body as Pick<SignedUp, 'id' | 'verifications'> & { state: string };
  };
  const verify = async (owner: Pick<SignedUp, 'verifications'>) => {
    const flowId = flowOf(owner, 'whatsapp');
    await service.http
      .post(`/v1/verifications/${flowId}`)
      .send({ code: codeOf(service, flowId) })
      .expect(200);
  };
  const typesOf = async (id: string) => (await factsOf(service, id)).map(({ type }) => type.replace('onboarding.', ''));
  const casesOf = async (id: string) => {
    const token = await service.token({ roles: ['officer'], territory: '12' });
    const { body } = await service.http.get('/v1/review-cases?state=open&limit=200').auth(token, { type: 'bearer' });
    return (body.items as { id: string; kind: string; cooperativeId: string }[]).filter(
      (item) => item.cooperativeId === id,
    );
  };
  const decide = async (caseId: string, body: object) => {
    const token = await service.token({ roles: ['officer'], territory: '12' });
    await service.http
      .post(`/v1/review-cases/${caseId}/decision`)
      .auth(token, { type: 'bearer' })
      .send(body)
      .expect(200);
  };

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('gives a draft that nobody confirmed to the first who does; the older token ends', async () => {
    const first = await signUp(service);
    const claimed = await claim(first.id);
    expect(claimed.state).toBe('unverified');
    await verify(claimed);
    // The welcome carries the link: one message, not two.
    expect((await typesOf(first.id)).slice(-2)).toEqual(['verification.requested.v1', 'contact.verified.v1']);
    expect((await factsOf(service, first.id)).at(-1)?.data.first).toBe(true);
    await service.http.get(first.statusUrl).auth(first.statusToken, { type: 'bearer' }).expect(401);
    await service.http
      .post(`/v1/verifications/${flowOf(first, 'whatsapp')}`)
      .send({ code: codeOf(service, flowOf(first, 'whatsapp')) })
      .expect(404);
  });

  it('leaves what has a confirmed contact to the officer, who may hand it over', async () => {
    const first = await signUpVerified(service);
    await verify(await claim(first.id));
    await service.http.get(first.statusUrl).auth(first.statusToken, { type: 'bearer' }).expect(200);
    const [found] = await casesOf(first.id);
    expect(found).toMatchObject({ kind: 'claim' });
    await decide(found?.id ?? '', { decision: 'approve' });
    expect((await typesOf(first.id)).slice(-2)).toEqual(['contact.verified.v1', 'status-link.requested.v1']);
    await service.http.get(first.statusUrl).auth(first.statusToken, { type: 'bearer' }).expect(401);
    // Who spoke for it before has no address left that a new link or a code to sign in could go to.
    const people = service.mongo.connection.collection('people').find({ cooperativeId: first.id, claimId: null });
    expect((await people.toArray()).map(({ contacts, formerSince }) => [contacts.length > 0, !!formerSince])).toEqual(
      expect.arrayContaining([
        [false, true],
        [true, false],
      ]),
    );
  });

  it('says where a claim stands, naming nobody', async () => {
    const first = await signUpVerified(service);
    const { contact, consent } = aSignUp();
    const { body, headers } = await service.http.post(`/v1/cooperatives/${first.id}/claims`).send({ contact, consent });
    expect(headers.location).toBe(`/v1/cooperatives/${first.id}/claims/${body.id as string}`);
    const stateOf = async () => (await service.http.get(headers.location as string).expect(200)).body as object;
    expect(await stateOf()).toEqual({
      id: body.id,
      cooperativeId: first.id,
      state: 'unverified',
      createdAt: expect.any(String),
      decidedAt: null,
    });
    await verify(body);
    expect(await stateOf()).toMatchObject({ state: 'in_review' });
    const [found] = await casesOf(first.id);
    await decide(found?.id ?? '', { decision: 'approve' });
    expect(await stateOf()).toMatchObject({ state: 'approved', decidedAt: expect.any(String) });
    const other = await signUp(service);
    await service.http.get(`/v1/cooperatives/${other.id}/claims/${body.id as string}`).expect(404);
  });

  it('forgets a claimant whom the officer rejects', async () => {
    const first = await signUpVerified(service);
    const claimed = await claim(first.id);
    await verify(claimed);
    const [found] = await casesOf(first.id);
    await decide(found?.id ?? '', {
      decision: 'reject',
      reasons: [{ requirement: 'claim', code: 'not_on_the_board' }],
    });
    expect(await service.mongo.connection.collection('people').findOne({ claimId: claimed.id })).toBeNull();
    await service.http.get(first.statusUrl).auth(first.statusToken, { type: 'bearer' }).expect(200);
  });
});
