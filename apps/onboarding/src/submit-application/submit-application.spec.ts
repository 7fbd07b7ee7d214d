import { signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { SubmitApplicationHandler } from './submit-application.handler';

describe(SubmitApplicationHandler.name, () => {
  let service: StartedService;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('hands in and takes back ten times a day, and strangers do not count', async () => {
    const { id, statusToken } = await signUpVerified(service);
    const other = await signUpVerified(service);
    const post = (path: string, token = statusToken) =>
      service.http.post(`/v1/cooperatives/${id}/${path}`).auth(token, { type: 'bearer' });
    for (let time = 0; time < 10; time += 1) {
      for (const path of ['submit', 'withdraw']) expect((await post(path, other.statusToken)).status).not.toBe(429);
      await post('submit').expect(202);
      await post('withdraw').expect(200);
    }
    for (const path of ['submit', 'withdraw']) {
      const { body, headers } = await post(path).expect(429);
      expect([body.code, Number(headers['retry-after']) > 3_600]).toEqual(['rate_limited', true]);
    }
    await service.http
      .post(`/v1/cooperatives/${other.id}/submit`)
      .auth(other.statusToken, { type: 'bearer' })
      .expect(202);
  });
});
