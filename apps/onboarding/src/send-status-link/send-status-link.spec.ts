import { eventually } from '../../../../test/support/eventually';
import { aSignUp, factsOf, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { SendStatusLinkController } from './send-status-link.controller';
import { SendStatusLinkJob } from './send-status-link.job';

describe(SendStatusLinkController.name, () => {
  let service: StartedService;
  const ask = (body: object) => service.http.post('/v1/status-links').send(body);
  const waiting = () => service.mongo.connection.collection('status_link_requests').find({}).toArray();
  /** Works off what was asked for, as the timer would find it. */
  const work = async () => {
    const job = service.get(SendStatusLinkJob);
    for (const { data } of await job.due(new Date(), 100)) await job.process(data);
    expect(await waiting()).toEqual([]);
  };
  const linksOf = async (id: string) =>
    (await factsOf(service, id)).filter(({ type }) => type === 'onboarding.status-link.requested.v1');

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('answers the same to everybody, and writes only to a verified contact', async () => {
    const body = aSignUp();
    const { id } = await signUpVerified(service, body);
    const unverified = aSignUp();
    const { id: other } = await signUp(service, unverified);
    const answers = [
      await ask({ phone: body.contact.phone }).expect(202),
      await ask({ email: body.contact.email }).expect(202),
      await ask({ phone: unverified.contact.phone }).expect(202),
      await ask({ email: 'nobody@example.org' }).expect(202),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    // Who is known is found out later: until then all requests are alike, and say no address.
    expect(await linksOf(id)).toEqual([]);
    expect((await waiting()).map((request) => Object.keys(request).join())).toEqual(
      Array(4).fill('_id,addressHashes,createdAt'),
    );
    expect(JSON.stringify(await waiting())).not.toMatch(/@|\+62/);
    await work();
    expect(await linksOf(id)).toMatchObject([{ data: { channel: 'whatsapp', sendNumber: 1 } }]);
    expect(await linksOf(other)).toEqual([]);
  });

  it('stops writing after six messages an hour, and still says nothing', async () => {
    const body = aSignUp();
    const { id } = await signUpVerified(service, body);
    for (let time = 0; time < 8; time += 1) await ask({ phone: body.contact.phone }).expect(202);
    await work();
    expect((await linksOf(id)).map(({ data }) => data.sendNumber)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is woken at once where there are workers', async () => {
    const body = aSignUp();
    const { id } = await signUpVerified(service, body);
    const worker = await startService(OnboardingModule, { roles: ['jobs'], stores: service.stores });
    try {
      await ask({ phone: body.contact.phone }).expect(202);
      await eventually(async () => expect(await linksOf(id)).toHaveLength(1));
    } finally {
      await worker.close();
    }
  });

  it('wants an address that can be one', async () => {
    expect((await ask({}).expect(422)).body.errors).toMatchObject([{ code: 'email_or_phone_required' }]);
    expect((await ask({ phone: '021-5290999' }).expect(422)).body.errors).toMatchObject([
      { pointer: '/phone', code: 'not_mobile' },
    ]);
  });
});
