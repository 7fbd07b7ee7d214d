import { type DynamicModule, type FactoryProvider, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { ServiceName } from '@idxcoop/contracts';
import { Revocations } from './auth/revocations';
import { Tokens } from './auth/tokens';
import { Clock } from './clock';
import { Config } from './config';
import { Health } from './health/health';
import { HealthController } from './health/health.controller';
import { IdempotencyKeys } from './http/idempotency-keys';
import { RateLimits } from './http/rate-limits';
import { JobRegistry } from './jobs/job-registry';
import { JobTimer } from './jobs/job-timer';
import { JobWorkers } from './jobs/job-workers';
import { Jobs } from './jobs/jobs';
import { Queues } from './jobs/queues';
import { Log } from './log';
import { Metrics } from './metrics';
import { NameResolver } from './outbound/name-resolver';
import { Outbound } from './outbound/outbound';
import { Cipher } from './secrets/cipher';
import { Derivation } from './secrets/derivation';
import { ServiceClient } from './service-client';
import { Mongo } from './stores/mongo';
import { createRedis, REDIS, RedisCloser } from './stores/redis';
import { SERVICE_NAME } from './tokens';

const make = (
  provide: FactoryProvider['provide'],
  inject: FactoryProvider['inject'],
  useFactory: FactoryProvider['useFactory'],
) => ({
  provide,
  inject,
  useFactory,
});

/** Everything that a service gets from the platform, for injection anywhere in it. */
@Module({})
export class PlatformModule {
  /** Providers in `overrides` take the place of the platform's own of the same token. */
  static forService(service: ServiceName, config: Config, overrides: Provider[] = []): DynamicModule {
    const replaced = new Set(overrides.map((provider) => ('provide' in provider ? provider.provide : provider)));
    const own = providersOf(service, config).filter(({ provide }) => !replaced.has(provide));
    const providers = [...own, ...overrides];
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [HealthController],
      providers,
      exports: [...own.map(({ provide }) => provide), ...replaced],
    };
  }
}

function providersOf(service: ServiceName, config: Config) {
  return [
    { provide: SERVICE_NAME, useValue: service },
    { provide: Config, useValue: config },
    make(Log, [Config], (c: Config) => new Log(c.logLevel, { service })),
    make(Clock, [Config], (c: Config) => new Clock(!c.isProduction)),
    make(Metrics, [], () => new Metrics(service)),
    make(Health, [Config], (c: Config) => new Health(c.roles)),
    make(Derivation, [Config], (c: Config) => new Derivation(c.derivationKey)),
    make(Cipher, [Config], (c: Config) => new Cipher(c.encryptionKey)),
    make(Revocations, [REDIS, Config], (redis, c: Config) => new Revocations(redis, c)),
    make(Tokens, [Config, Revocations], (c: Config, revocations: Revocations) => new Tokens(c, revocations)),
    make(ServiceClient, [Config, Tokens], (c: Config, tokens: Tokens) => new ServiceClient(c, tokens, service)),
    make(NameResolver, [], () => new NameResolver()),
    make(Outbound, [NameResolver, Config], (names: NameResolver, c: Config) => new Outbound(names, c)),
    make(Mongo, [Config, Log], (c: Config, log: Log) => new Mongo(c, log, service)),
    make(getConnectionToken(), [Mongo], (mongo: Mongo) => mongo.connection),
    make(REDIS, [Config, Log], createRedis),
    make(RedisCloser, [REDIS], (redis) => new RedisCloser(redis)),
    make(
      RateLimits,
      [REDIS, Derivation, Config],
      (redis, derivation, c: Config) => new RateLimits(redis, derivation, c, service),
    ),
    make(IdempotencyKeys, [Mongo], (mongo: Mongo) => new IdempotencyKeys(mongo)),
    make(Queues, [Config, Log], (c: Config, log: Log) => new Queues(c, log)),
    make(Jobs, [Queues, Clock, Log, Metrics], (...deps: ConstructorParameters<typeof Jobs>) => new Jobs(...deps)),
    make(JobRegistry, [DiscoveryService], (discovery: DiscoveryService) => new JobRegistry(discovery, service)),
    make(
      JobWorkers,
      [JobRegistry, Config, Log, Metrics, SERVICE_NAME],
      (...deps: ConstructorParameters<typeof JobWorkers>) => new JobWorkers(...deps),
    ),
    make(
      JobTimer,
      [JobRegistry, Queues, Jobs, Clock, Config, Log, SERVICE_NAME],
      (...deps: ConstructorParameters<typeof JobTimer>) => new JobTimer(...deps),
    ),
  ];
}
