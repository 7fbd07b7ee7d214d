import type { SubscriptionMap } from '@idxcoop/contracts';
import { MessagingCollections } from '@idxcoop/messaging';
import { createService, type Config, loadConfig, newId, type ServiceModule } from '@idxcoop/platform';
import { eventually } from '../support/eventually';
import {
  createStores,
  type StartedService,
  type StartOptions,
  startService,
  type TestStores,
} from '../support/start-service';
import { ask } from '../support/virtual-host';
import { Actor, Behaviour, effectsOf, NewerActor } from './fixtures/consumers';
import { CounterClosedV1, CounterRaisedV1, CounterRaisedV2 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { operate } from './fixtures/raw';
import { itWhereCutsEndTransactions, shortenTransactions } from './fixtures/transactions';
import { figure, isFull, sized } from './fixtures/scale';
import { TcpProxy } from './fixtures/tcp-proxy';

const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const NEWER: SubscriptionMap = { 'reporting.act': [CounterRaisedV1, CounterRaisedV2, CounterClosedV1] };

describe('messaging: a store or a build that is not as it should be', () => {
  let stores: TestStores;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(() => shortenTransactions());
  beforeEach(async () => {
    stores = await createStores();
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
    await stores.drop();
  });

  const start = async (module: ServiceModule, options: StartOptions): Promise<StartedService> => {
    const service = await startService(module, { stores, ...options });
    open.push(service);
    return service;
  };

  const configOf = (changes: Partial<Config> = {}): Config =>
    loadConfig({ ...process.env, NODE_ENV: 'test' }).with({
      dbPrefix: stores.dbPrefix,
      rabbitmqUrl: stores.rabbitmqUrl,
      roles: new Set(['events'] as const),
      logLevel: 'silent',
      ...changes,
    });

  /** What a start that has to be refused says. */
  async function refusal(module: ServiceModule, config = configOf()): Promise<string> {
    const begin = Date.now();
    const service = await createService(module, { config });
    try {
      await service.started;
      return 'started';
    } catch (error) {
      expect(Date.now() - begin).toBeLessThan(5_000);
      return (error as Error).message;
    } finally {
      await service.close();
    }
  }

  it.each([
    ['with the management API', {}],
    ['without it', { rabbitmqManagementUrl: undefined }],
  ])('refuses to start on a queue with other arguments, %s, and says the difference', async (_, changes) => {
    await operate(stores.rabbitmqUrl, (channel) =>
      channel.assertQueue('reporting', {
        durable: true,
        arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 5 },
      }),
    );
    const said = await refusal(listener('reporting', [Actor], MAP), configOf(changes));
    expect(said).toMatch(/x-delivery-limit|x-dead-letter-exchange|x-overflow/);
    expect(said).toContain('reporting');
  });

  it('refuses to start on a policy that changes what the queue keeps', async () => {
    const vhost = new URL(stores.rabbitmqUrl).pathname.slice(1);
    const management = loadConfig().rabbitmqManagementUrl as string;
    await ask(management, 'PUT', `/api/policies/${vhost}/short`, {
      pattern: '.*',
      definition: { 'max-length': 10 },
      'apply-to': 'queues',
    });
    expect(await refusal(listener('reporting', [Actor], MAP))).toContain('policy short sets max-length to 10');
  });

  it('refuses to start on a binding of a known event that the map does not name', async () => {
    expect(await refusal(listener('reporting', [Actor], MAP))).toBe('started');
    await operate(stores.rabbitmqUrl, (channel) =>
      channel.bindQueue('reporting', 'idxcoop.events', CounterClosedV1.event),
    );
    expect(await refusal(listener('reporting', [Actor], MAP))).toContain(`is bound to ${CounterClosedV1.event}`);
  });

  it('refuses to start when the handlers are not what the map says', async () => {
    expect(await refusal(listener('reporting', [Actor], { ...MAP, 'reporting.other': [CounterRaisedV1] }))).toContain(
      'reporting.other',
    );
    expect(await refusal(listener('reporting', [NewerActor], MAP))).toContain(CounterRaisedV2.event);
  });

  itWhereCutsEndTransactions(
    `holds deliveries while MongoDB is away for ${sized(20)} s: no attempt is burnt, all is handled afterwards`,
    async () => {
      const mongodb = new URL(loadConfig().mongodbUri);
      const proxy = new TcpProxy({ host: mongodb.hostname, port: Number(mongodb.port) });
      open.push({ close: () => proxy.cut() });
      await proxy.open();
      const mongodbUri = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`;
      const mongodbTimeout = isFull ? 3_000 : 500;
      const reader = await start(listener('reporting', [Actor], MAP), {
        roles: ['events'],
        config: { mongodbUri, mongodbTimeout, logLevel: 'silent' },
      });
      const writer = await start(producer(MAP), { roles: ['api'] });
      const events: Promise<string>[] = [];
      const raise = (count: number): void => {
        for (let index = 0; index < count; index += 1) events.push(writer.get(Counters).raise(`slow-${newId()}`));
      };
      raise(sized(200));
      await eventually(async () => expect(await effectsOf(writer.mongo).countDocuments({})).toBe(0));
      await eventually(() => expect(reader.get(Behaviour).calls.length).toBeGreaterThan(5));
      await proxy.cut();
      raise(sized(200));
      const away = sized(20) * 1_000;
      const begin = Date.now();
      await eventually(async () => {
        expect((await reader.health.report()).missing).toContain('consumers');
        if (Date.now() - begin < away) throw new Error('still away');
      }, away + 5_000);
      await proxy.open();
      const ids = await Promise.all(events);
      await eventually(
        async () => expect(await effectsOf(reader.mongo).distinct('eventId')).toHaveLength(ids.length),
        60_000,
      );
      expect(await effectsOf(reader.mongo).countDocuments({})).toBe(ids.length);
      await eventually(
        async () => expect(await reader.get(MessagingCollections).retries.countDocuments({})).toBe(0),
        20_000,
      );
      expect(new Set(reader.get(Behaviour).calls.map(({ attempt }) => attempt))).toEqual(new Set([1]));
      figure(`MongoDB away for ${away / 1000} s: ${ids.length} events handled once each, 0 attempts burnt`);
    },
  );

  it('lets an old and a new build work side by side on one queue: nothing is dead, nothing doubled', async () => {
    const newer = await start(listener('reporting', [NewerActor], NEWER), { roles: ['events'] });
    const older = await start(listener('reporting', [Actor], MAP, { contracts: [CounterRaisedV1] }), {
      roles: ['events'],
    });
    const writer = await start(producer(NEWER), { roles: ['api'] });
    const counters = writer.get(Counters);
    const ids = await Promise.all(
      Array.from({ length: sized(600) }, (_, index) =>
        counters.raise(newId(), (['both', 'closed', 'v1'] as const)[index % 3]),
      ),
    );
    await eventually(
      async () => expect(await effectsOf(newer.mongo).distinct('eventId')).toHaveLength(ids.length),
      60_000,
    );
    const { retries } = newer.get(MessagingCollections);
    await eventually(async () => expect(await retries.countDocuments({ state: 'waiting' })).toBe(0), 30_000);
    expect(await retries.find({ state: 'dead' }).toArray()).toEqual([]);
    expect(await effectsOf(newer.mongo).countDocuments({})).toBe(ids.length);
    expect(older.get(Behaviour).calls.length).toBeGreaterThan(0);
    expect(newer.get(Behaviour).calls.length).toBeGreaterThan(0);
    figure(
      `old and new build: ${older.get(Behaviour).calls.length} and ${newer.get(Behaviour).calls.length} calls, ${ids.length} events, 0 dead, 0 doubled`,
    );
  });
});
