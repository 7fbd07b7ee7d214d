import {
  Clock,
  type Config,
  createService,
  loadConfig,
  Mongo,
  type Role,
  ROLES,
  type RunningService,
  type ServiceModule,
} from '@idxcoop/platform';
import type { Provider } from '@nestjs/common';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import supertest from 'supertest';
import { TEST_JWKS, TEST_PRIVATE_JWK, token } from './tokens';
import { createVirtualHost, deleteVirtualHost } from './virtual-host';

export interface StartOptions {
  roles?: Role[];
  config?: Partial<Config>;
  overrides?: Provider[];
  /** Variables of the environment, on top of the process's. */
  env?: NodeJS.ProcessEnv;
  /** The stores of an earlier service of the same test, to be met there. */
  stores?: TestStores;
  /** False where a store is away at the start: `started` tells when it was found. */
  waitForStart?: boolean;
}

/** A database prefix, a Redis prefix and a virtual host of one's own. */
export interface TestStores {
  dbPrefix: string;
  rabbitmqUrl: string;
  /** Removes it all. */
  drop(): Promise<void>;
}

/** A service that runs for a test. */
export interface StartedService extends RunningService {
  readonly url: string;
  readonly http: ReturnType<typeof supertest>;
  readonly clock: Clock;
  readonly mongo: Mongo;
  readonly stores: TestStores;
  token: typeof token;
  /** A provider of the service. */
  get<T>(provider: abstract new (...args: never[]) => T): T;
}

/** Starts a service on the real stores, in a place of its own; `close` leaves nothing behind. */
export async function startService(module: ServiceModule, options: StartOptions = {}): Promise<StartedService> {
  const base = loadConfig({ ...process.env, NODE_ENV: 'test', ...options.env });
  const stores = options.stores ?? (await createStores(base));
  const config = base.with({
    port: 0,
    dbPrefix: stores.dbPrefix,
    rabbitmqUrl: stores.rabbitmqUrl,
    authJwks: TEST_JWKS,
    authPrivateJwk: TEST_PRIVATE_JWK,
    retryTiers: [20, 20, 20, 20],
    scheduleInterval: 200,
    shutdownDeadline: 5_000,
    roles: new Set(options.roles ?? ROLES),
    ...options.config,
  });
  const running = await createService(module, { config, overrides: options.overrides, listen: true });
  if (options.waitForStart !== false) {
    await running.started.catch(async (error) => {
      await running.close();
      throw error;
    });
  }
  const started = {
    http: supertest(running.url as string),
    clock: running.app.get(Clock),
    mongo: running.app.get(Mongo),
    stores,
    token,
    get: <T>(provider: abstract new (...args: never[]) => T) =>
      running.app.get(provider as never, { strict: false }) as T,
    close: async () => {
      await running.close();
      if (!options.stores) await stores.drop();
    },
  };
  return Object.assign(Object.create(running) as RunningService, running, started) as StartedService;
}

/** A place on the stores that nobody else uses; `drop` removes it. Several services may share it, as in an installation. */
export async function createStores(
  config: Config = loadConfig({ ...process.env, NODE_ENV: 'test' }),
): Promise<TestStores> {
  const dbPrefix = `t${process.pid.toString(36)}-${randomBytes(5).toString('hex')}`;
  const { rabbitmqManagementUrl: management } = config;
  const rabbitmqUrl = management
    ? await createVirtualHost(management, config.rabbitmqUrl, dbPrefix)
    : config.rabbitmqUrl;
  return {
    dbPrefix,
    rabbitmqUrl,
    drop: async () => {
      await Promise.all([
        dropDatabases(config, dbPrefix),
        dropKeys(config, dbPrefix),
        management ? deleteVirtualHost(management, dbPrefix) : undefined,
      ]);
    },
  };
}

async function dropDatabases(config: Config, prefix: string): Promise<void> {
  const { mongo } = await import('mongoose');
  const client = await new mongo.MongoClient(config.mongodbUri).connect();
  try {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases.filter((database) => database.name.startsWith(`${prefix}_`)))
      await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}

async function dropKeys(config: Config, prefix: string): Promise<void> {
  const redis = new Redis(config.redisUrl);
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 500 })) {
      if ((keys as string[]).length > 0) await redis.unlink(keys as string[]);
    }
  } finally {
    redis.disconnect();
  }
}
