import { Controller, Get, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import {
  createService,
  Derivation,
  EVENT_TRANSPORT,
  type EventTransport,
  loadConfig,
  Mongo,
  Public,
  type Role,
  type RunningService,
  SERVICE_NAME,
  ServiceClient,
  ServiceRefused,
  ServiceUnavailable,
  Internal,
} from '@idxcoop/platform';
import type { ServiceName } from '@idxcoop/contracts';
import { CustomTransportStrategy, Server as Transport } from '@nestjs/microservices';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStores, type StartedService, startService, type TestStores } from '../../../test/support/start-service';
import { proxied } from '../../../test/support/tcp-proxy';

const NAMES: ServiceName[] = ['onboarding', 'notifications', 'content-indexing', 'reporting'];

function moduleOf(service: ServiceName) {
  @Controller()
  class OneController {
    constructor(
      @Inject(SERVICE_NAME) private readonly name: ServiceName,
      private readonly mongo: Mongo,
    ) {}

    @Public()
    @Get(`v1/${service}`)
    read() {
      return { name: this.name, database: this.mongo.connection.db?.databaseName };
    }

    @Internal()
    @Get('internal/thing')
    thing() {
      return { of: this.name };
    }
  }

  @Module({ controllers: [OneController] })
  class OneModule {
    static readonly service = service;
  }
  return OneModule;
}

/** A service whose transport notes what happens to it, and the state of the database connection at that moment. */
function listeningModule(order: string[]) {
  class FakeTransport extends Transport implements CustomTransportStrategy {
    constructor(private readonly mongo: Mongo) {
      super();
    }
    listen(callback: () => void) {
      order.push(`listen:${this.mongo.connection.readyState}`);
      callback();
    }
    close() {
      order.push(`close:${this.mongo.connection.readyState}`);
    }
    on() {}
    unwrap() {
      return undefined as never;
    }
  }
  @Module({
    providers: [
      {
        provide: EVENT_TRANSPORT,
        inject: [Mongo],
        useFactory: (mongo: Mongo): EventTransport => ({
          strategy: new FakeTransport(mongo) as never,
        }),
      },
    ],
  })
  class ListeningModule implements OnApplicationShutdown {
    static readonly service = 'reporting' as const;
    onApplicationShutdown() {
      order.push('shutdown');
    }
  }
  return ListeningModule;
}

describe(createService.name, () => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await createStores();
  });
  afterAll(() => stores?.drop());
  const config = () =>
    loadConfig({ ...process.env, LOG_LEVEL: 'silent' }).with({
      dbPrefix: stores.dbPrefix,
      rabbitmqUrl: stores.rabbitmqUrl,
    });

  it('runs four services in one process, each with a store and metrics of its own, on one server', async () => {
    const services: RunningService[] = [];
    for (const name of NAMES) services.push(await createService(moduleOf(name), { config: config() }));
    await Promise.all(services.map(({ started }) => started));
    const server: Server = createServer((request, response) => {
      const found = services.find(({ service }) => request.url?.startsWith(`/v1/${service}`));
      found?.handler(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const name of NAMES) {
      const answer = await fetch(`${base}/v1/${name}`);
      expect(await answer.json()).toEqual({ name, database: `${stores.dbPrefix}_${name.replaceAll('-', '_')}` });
    }
    expect(new Set(services.map(({ metrics }) => metrics.registry)).size).toBe(4);
    expect(services.map(({ url }) => url)).toEqual([undefined, undefined, undefined, undefined]);
    expect(Object.keys(services[0]?.openapi().paths ?? {})).toEqual(['/v1/onboarding']);
    await Promise.all(services.map((service) => service.close()));
    await new Promise((resolve) => server.close(resolve));
  });

  it('starts the transport of events in role events only, after the database, and ends it before', async () => {
    const order: string[] = [];
    const ListeningModule = listeningModule(order);
    for (const role of ['api', 'events'] as Role[]) {
      const running = await createService(ListeningModule, { config: config().with({ roles: new Set([role]) }) });
      await running.started;
      order.push(role);
      await running.close();
    }
    expect(order).toEqual(['api', 'shutdown', 'listen:1', 'events', 'close:1', 'shutdown']);
  });

  it('consumes nothing before the database is there', async () => {
    const order: string[] = [];
    const door = await proxied(process.env.MONGODB_URI as string);
    await door.cut();
    const away = config().with({ mongodbUri: door.url, mongodbTimeout: 150, roles: new Set(['events'] as const) });
    const running = await createService(listeningModule(order), { config: away });
    expect(order).toEqual([]);
    await door.restore();
    await running.started;
    expect(order).toEqual(['listen:1']);
    await running.close();
    await door.close();
  });

  it('takes overrides in the place of its own providers', async () => {
    const mine = new Derivation('another key, long enough for a test');
    const running = await createService(moduleOf('reporting'), {
      config: config(),
      overrides: [{ provide: Derivation, useValue: mine }],
    });
    expect(running.app.get(Derivation)).toBe(mine);
    await running.close();
    await running.close();
  });
});

describe(ServiceClient.name, () => {
  let onboarding: StartedService;
  let reporting: StartedService;
  beforeAll(async () => {
    onboarding = await startService(moduleOf('onboarding'), { roles: ['api'] });
    reporting = await startService(moduleOf('reporting'), {
      roles: ['api'],
      config: { onboardingUrl: onboarding.url, contentUrl: 'http://127.0.0.1:1', logLevel: 'silent' },
    });
  });
  afterAll(async () => {
    await reporting?.close();
    await onboarding?.close();
  });

  it('asks another service with a token of its own', async () => {
    await expect(reporting.get(ServiceClient).get('onboarding', '/internal/thing')).resolves.toEqual({
      of: 'onboarding',
    });
  });

  it('gives null for what is not there, and says what was refused', async () => {
    const client = reporting.get(ServiceClient);
    await expect(client.get('onboarding', '/internal/nothing')).resolves.toBeNull();
    const refused = client.post('onboarding', '/internal/thing', {});
    await expect(refused).rejects.toBeInstanceOf(ServiceRefused);
    await expect(refused).rejects.toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it('tells a service that does not answer from one that refuses', async () => {
    await expect(reporting.get(ServiceClient).get('content-indexing', '/internal/thing')).rejects.toBeInstanceOf(
      ServiceUnavailable,
    );
  });
});
