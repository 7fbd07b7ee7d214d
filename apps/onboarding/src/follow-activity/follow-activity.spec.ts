import { eventually } from '../../../../test/support/eventually';
import { factsOf, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { FollowActivityJob } from './follow-activity.job';

const START = new Date('2020-10-08T03:00:00.000Z');
const DAY = 86_400_000;

describe(FollowActivityJob.name, () => {
  let service: StartedService;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const told = async (id: string) =>
    (await factsOf(service, id))
      .filter(({ type }) => /became-active|went-silent/.test(type))
      .map(({ type, data }) => [type.split('.')[2], data.effectiveOn]);
  const tells = (id: string, expected: unknown[]) => eventually(async () => expect(await told(id)).toEqual(expected));
  const after = (days: number) => service.clock.set(new Date(START.getTime() + days * DAY));

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'] });
  });
  beforeEach(() => service.clock.set(START));
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('tells that a verified cooperative is active, fell silent after 90 days and came back, each once', async () => {
    const { id, statusToken, statusUrl } = await signUpVerified(service);
    const { body } = await service.http.post(`/v1/cooperatives/${id}/submit`).set(as(statusToken)).expect(202);
    const job = service.get(FollowActivityJob);
    await job.process({ cooperativeId: id });
    expect(await told(id)).toEqual([]);
    const officer = await service.token({ roles: ['officer'], territory: '12' });
    await service.http
      .post(`/v1/review-cases/${body.reviewCase.id}/decision`)
      .set(as(officer))
      .send({ decision: 'approve' })
      .expect(200);
    const active = ['became-active', START.toISOString()];
    await tells(id, [active]);

    after(90);
    // To look at the status is to read a message: it is no sign of life.
    await service.http.get(statusUrl).set(as(statusToken)).expect(200);
    await job.process({ cooperativeId: id });
    expect(await told(id)).toEqual([active]);
    after(91);
    const silent = ['went-silent', '2021-01-06'];
    await tells(id, [active, silent]);
    await Promise.all([1, 2].map(() => job.process({ cooperativeId: id })));

    const back = new Date(START.getTime() + 100 * DAY);
    service.clock.set(back);
    await service.http
      .patch(`/v1/cooperatives/${id}`)
      .set(as(statusToken))
      .set('If-Match', '*')
      .send({ foundedOn: '2009-02-01' })
      .expect(200);
    await tells(id, [active, silent, ['became-active', back.toISOString()]]);
  });

  it('says nothing of who was never seen', async () => {
    const cooperatives = service.mongo.connection.collection('cooperatives');
    const { id } = await signUpVerified(service);
    await cooperatives.updateOne({ _id: id as never }, { $set: { registration: 'verified' } });
    after(400);
    await service.get(FollowActivityJob).process({ cooperativeId: id });
    const due = await service.get(FollowActivityJob).due(service.clock.now(), 10);
    expect(due.filter(({ data }) => data.cooperativeId === id)).toEqual([]);
    expect(await told(id)).toEqual([]);
  });
});
