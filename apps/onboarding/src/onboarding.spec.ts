import { type StartedService, startService } from '../../../test/support/start-service';
import { OnboardingModule } from './onboarding.module';

describe(OnboardingModule.name, () => {
  let service: StartedService;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it.each([
    ['people', 'claimId'],
    ['verification_flows', 'personId'],
    ['review_cases', 'state,openedAt,_id'],
  ])('finds %s by %s in an index', async (collection, keys) => {
    const indexes = await service.mongo.connection.collection(collection).indexes();
    expect(indexes.map(({ key }) => Object.keys(key).join())).toContain(keys);
  });
});
