import { eventually } from '../../../../test/support/eventually';
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
import { ExpireStaleRegistrationsJob } from './expire-stale-registrations.job';

const DAY = 86_400_000;

describe(ExpireStaleRegistrationsJob.name, () => {
  let service: StartedService;
  const registrationOf = async (id: string) =>
    (await service.http.get(`/v1/cooperatives/${id}`)).body.registration as string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'] });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('lets a sign-up lapse after 14 days without a verified contact, once, and nothing else', async () => {
    const stale = aSignUp();
    const { id } = await signUp(service, stale);
    const confirmed = await signUpVerified(service);
    const assistant = await service.token({ roles: ['assistant'], territory: '12' });
    const assisted = await service.http
      .post('/v1/cooperatives')
      .auth(assistant, { type: 'bearer' })
      .send(aSignUp())
      .expect(201);
    service.clock.advance(14 * DAY - 60_000);
    const young = await signUp(service);
    await service.get(ExpireStaleRegistrationsJob).process();
    expect(await registrationOf(id)).toBe('draft');

    service.clock.advance(120_000);
    await eventually(async () => expect(await registrationOf(id)).toBe('lapsed'));
    await Promise.all([1, 2].map(() => service.get(ExpireStaleRegistrationsJob).process()));
    const facts = (await factsOf(service)).filter(({ type }) => type === 'onboarding.cooperative.lapsed.v1');
    expect(facts.map(({ data }) => data.cooperativeId)).toEqual([id]);
    for (const other of [confirmed.id, young.id, assisted.body.id as string])
      expect(await registrationOf(other)).toBe('draft');
    await signUp(service, aSignUp({ legalEntityNumber: stale.legalEntityNumber }));
  });

  it('forgets a claim that nobody confirmed after 14 days, with its person, and no other', async () => {
    const owner = await signUpVerified(service);
    const claim = async () => {
      const { contact, consent } = aSignUp();
      const { body } = await service.http.post(`/v1/cooperatives/${owner.id}/claims`).send({ contact, consent });
      return body as Pick<SignedUp, 'id' | 'verifications'>;
    };
    const [stale, confirmed] = [await claim(), await claim()];
    const flowId = flowOf(confirmed, 'whatsapp');
    await service.http
      .post(`/v1/verifications/${flowId}`)
      .send({ code: codeOf(service, flowId) })
      .expect(200);
    const stateOf = async (id: string) => (await service.http.get(`/v1/cooperatives/${owner.id}/claims/${id}`)).status;
    service.clock.advance(14 * DAY - 60_000);
    await service.get(ExpireStaleRegistrationsJob).process();
    expect(await stateOf(stale.id)).toBe(200);
    service.clock.advance(120_000);
    await eventually(async () => expect(await stateOf(stale.id)).toBe(404));
    expect(await stateOf(confirmed.id)).toBe(200);
    const kept = (name: string, filter: object) => service.mongo.connection.collection(name).countDocuments(filter);
    expect([
      await kept('people', { claimId: stale.id }),
      await kept('verification_flows', { claimId: stale.id }),
      await kept('people', { claimId: confirmed.id }),
    ]).toEqual([0, 0, 1]);
  });
});
