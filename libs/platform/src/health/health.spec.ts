import { Controller, Get, Module } from '@nestjs/common';
import { Health, Public, type Role } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import {
  createStores,
  type StartedService,
  startService,
  type TestStores,
} from '../../../../test/support/start-service';
import { proxied, type TcpProxy } from '../../../../test/support/tcp-proxy';

@Public()
@Controller('v1/thing')
class ThingController {
  @Get()
  read() {
    return {};
  }
}

@Module({ controllers: [ThingController] })
class ThingModule {
  static readonly service = 'reporting' as const;
}

describe(Health.name, () => {
  let stores: TestStores;
  let door: TcpProxy & { url: string };
  let service: StartedService | undefined;
  beforeAll(async () => {
    stores = await createStores();
    door = await proxied(process.env.REDIS_URL as string);
  });
  afterEach(async () => {
    await service?.close();
    service = undefined;
  });
  afterAll(async () => {
    await door.close();
    await stores.drop();
  });

  const start = (...roles: Role[]) =>
    startService(ThingModule, { roles, stores, config: { redisUrl: door.url, logLevel: 'silent' } });

  it.each<Role[]>([['api'], ['events'], ['jobs'], ['schedules']])(
    'is ready in role %s and serves operations',
    async (role) => {
      service = await start(role);
      await service.http.get('/health/live').expect(200, { status: 'ok' });
      await service.http.get('/health/ready').expect(200, { status: 'ok' });
      await service.http
        .get('/metrics')
        .expect(200)
        .expect('content-type', /text\/plain/);
    },
  );

  it('serves nothing else without role api', async () => {
    service = await start('api');
    await service.http.get('/v1/thing').expect(200);
    await service.close();
    service = await start('jobs');
    const { body } = await service.http.get('/v1/thing').expect(404);
    expect(body.code).toBe('not_found');
    await service.http.get('/docs').expect(404);
    await service.http.get('/openapi.json').expect(404);
  });

  it.each<[Role, number]>([
    ['api', 200],
    ['events', 200],
    ['jobs', 503],
    ['schedules', 503],
  ])('without Redis answers role %s with %d, and recovers', async (role, status) => {
    service = await start(role);
    await door.cut();
    try {
      const { body } = await eventually(async () =>
        (service as StartedService).http.get('/health/ready').expect(status),
      );
      if (status === 503) expect(body).toEqual({ status: 'unavailable', missing: ['redis'] });
    } finally {
      await door.restore();
    }
    await eventually(() => service?.http.get('/health/ready').expect(200));
  });

  it('names what a part of the service needs, only for its roles, and does not wait for it for ever', async () => {
    service = await start('api', 'events');
    const health = service.get(Health);
    let there = false;
    health.require('rabbitmq', ['events'], () => {
      if (!there) throw new Error('away');
    });
    health.require('redis-of-jobs', ['jobs'], () => {
      throw new Error('away');
    });
    await service.http.get('/health/ready').expect(503, { status: 'unavailable', missing: ['rabbitmq'] });
    there = true;
    await service.http.get('/health/ready').expect(200);
    health.require('stuck', ['api'], () => new Promise(() => {}));
    await service.http.get('/health/ready').expect(503, { status: 'unavailable', missing: ['stuck'] });
  });

  it('is not ready any more once it is to stop', async () => {
    service = await start('api');
    service.get(Health).stop();
    await service.http.get('/health/ready').expect(503, { status: 'unavailable', missing: ['shutting_down'] });
  });
});
