import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { BrowseRegionsController } from './browse-regions.controller';

describe(BrowseRegionsController.name, () => {
  let service: StartedService;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('shows a region with its time, and what lies below', async () => {
    const { body } = await service.http.get('/v1/regions/91.01').expect(200);
    expect(body).toMatchObject({
      name: 'Kabupaten Merauke',
      successor: '93.01',
      validTo: '2022-07-25',
      timeZone: 'Asia/Jayapura',
    });
    const below = await service.http.get('/v1/regions/93/children').expect(200);
    expect(below.body.items.map(({ code }: { code: string }) => code)).toEqual(['93.01', '93.02', '93.03', '93.04']);
    expect((await service.http.get('/v1/regions').expect(200)).body.items).toHaveLength(38);
    await service.http.get('/v1/regions/99').expect(404);
    await service.http.get('/v1/regions/99/children').expect(404);
  });
});
