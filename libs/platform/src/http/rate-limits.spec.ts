import { Controller, Get, Module } from '@nestjs/common';
import { Public, RateLimit, RateLimits, REDIS } from '@idxcoop/platform';
import type { Redis } from 'ioredis';
import {
  createStores,
  type StartedService,
  startService,
  type TestStores,
} from '../../../../test/support/start-service';

const byName = (request: { query: unknown }) => (request.query as { name?: string }).name;

@Public()
@Controller('v1')
class LimitedController {
  @RateLimit({ name: 'addresses', points: 2, seconds: 60, by: 'ip' })
  @Get('by-address')
  address() {
    return {};
  }

  @RateLimit({ name: 'names', points: (config) => (config.isProduction ? 1 : 2), seconds: 60, by: byName })
  @Get('by-name')
  name() {
    return {};
  }
}

@Module({ controllers: [LimitedController] })
class LimitedModule {
  static readonly service = 'onboarding' as const;
}

describe(RateLimits.name, () => {
  let stores: TestStores;
  let service: StartedService;
  beforeAll(async () => {
    stores = await createStores();
    service = await startService(LimitedModule, { roles: ['api'], stores });
  });
  afterAll(async () => {
    await service?.close();
    await stores?.drop();
  });

  it('refuses what comes too often and says when to come again', async () => {
    await service.http.get('/v1/by-address').expect(200);
    await service.http.get('/v1/by-address').expect(200);
    const { body, headers } = await service.http.get('/v1/by-address').expect(429);
    expect(body.code).toBe('rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('counts each by itself, and nothing where there is nobody', async () => {
    for (const name of ['siti', 'siti', 'budi', 'budi']) await service.http.get(`/v1/by-name?name=${name}`).expect(200);
    await service.http.get('/v1/by-name?name=siti').expect(429);
    for (let i = 0; i < 3; i += 1) await service.http.get('/v1/by-name').expect(200);
  });

  it('counts for all processes, and keeps no address in Redis', async () => {
    const second = await startService(LimitedModule, { roles: ['api'], stores });
    await second.http.get('/v1/by-address').expect(429);
    await second.close();
    const keys = await service.app.get<Redis>(REDIS).keys(`${stores.dbPrefix}:*`);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join('\n')).not.toMatch(/127\.0\.0\.1|siti/);
  });

  it('counts in the process while Redis is away', async () => {
    const config = { redisUrl: 'redis://127.0.0.1:1', logLevel: 'silent' };
    const alone = await startService(LimitedModule, { roles: ['api'], stores, config });
    const started = Date.now();
    await alone.http.get('/v1/by-address').expect(200);
    await alone.http.get('/v1/by-address').expect(200);
    await alone.http.get('/v1/by-address').expect(429);
    expect(Date.now() - started).toBeLessThan(2_000);
    await alone.close();
  });
});
