import { Module } from '@nestjs/common';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { NestLogger } from '../nest-logger';
import { prepareHttp } from './prepare-http';

@Module({})
class QuietModule {
  static readonly service = 'reporting' as const;
}

describe(prepareHttp.name, () => {
  let service: StartedService;
  afterAll(() => service?.close());

  it('starts without an error where a service has no routes for partners', async () => {
    const errors = jest.spyOn(NestLogger.prototype, 'error');
    service = await startService(QuietModule, { roles: ['api'] });
    expect(errors).not.toHaveBeenCalled();
    await service.http.get('/health/live').expect(200);
  });
});
