import type { SubscriptionMap } from '@idxcoop/contracts';
import { MessagingCollections } from '@idxcoop/messaging';
import { loadConfig, Metrics, type ServiceModule } from '@idxcoop/platform';
import { eventually } from '../support/eventually';
import {
  createStores,
  type StartedService,
  type StartOptions,
  startService,
  type TestStores,
} from '../support/start-service';
import { ask } from '../support/virtual-host';
import { effectsOf, NewerActor } from './fixtures/consumers';
import { CounterClosedV1, CounterRaisedV1, CounterRaisedV2 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';

const OLDER: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const NEWER: SubscriptionMap = { 'reporting.act': [CounterRaisedV1, CounterRaisedV2, CounterClosedV1] };
const UNREACHABLE = 'amqp://guest:guest@127.0.0.1:9';

describe('messaging: what is left behind in an upgrade or by a broker', () => {
  let stores: TestStores;
  const open: StartedService[] = [];
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
  const end = async (service: StartedService): Promise<void> => {
    open.splice(open.indexOf(service), 1);
    await service.close();
  };
  const outboxOf = (service: StartedService) => service.get(MessagingCollections).outbox;

  /** A newer build commits an event while it cannot reach the broker, and dies. */
  async function leftBehind(): Promise<string> {
    const config = { rabbitmqUrl: UNREACHABLE, rabbitmqManagementUrl: undefined, logLevel: 'silent' };
    const newer = await start(producer(NEWER), { roles: ['api'], config });
    const id = await newer.get(Counters).raise('one', 'closed');
    await end(newer);
    return id;
  }

  it('keeps an event of a newer build for its listener, though an older build sweeps', async () => {
    const eventId = await leftBehind();
    const older = await start(producer(OLDER, { contracts: [CounterRaisedV1] }), { roles: ['api', 'events'] });
    await eventually(async () => {
      const row = await outboxOf(older).findOne({ eventId });
      // Put off: the sweep has tried it and found no queue.
      expect(row?.pendingSlot ?? 0).toBeGreaterThan(Math.floor((row?.recordedAt.getTime() ?? 0) / 1000));
      expect(row?.status).toBe('pending');
    }, 30_000);
    expect((await older.health.report()).missing).toEqual([]);
    await end(older);
    const reader = await start(listener('reporting', [NewerActor], NEWER), { roles: ['events'] });
    await start(producer(NEWER), { roles: ['api', 'events'] });
    await eventually(async () => expect(await effectsOf(reader.mongo).countDocuments({ eventId })).toBe(1), 30_000);
  });

  it('gives up what no build listens to, after long', async () => {
    const eventId = await leftBehind();
    const older = await start(producer(OLDER, { contracts: [CounterRaisedV1], unheardAfter: 10 }), {
      roles: ['api', 'events'],
    });
    await eventually(
      async () => expect(await outboxOf(older).findOne({ eventId })).toMatchObject({ status: 'unsent' }),
      30_000,
    );
  });

  it('raises the alarm at a start when the broker has lost the queues meanwhile, and none on a new broker', async () => {
    const vanished = async (service: StartedService) =>
      (await service.get(Metrics).registry.getSingleMetricAsString('idxcoop_queue_vanished_total')).match(
        /queue="reporting".* (\d+)$/m,
      )?.[1];
    const first = await start(producer(OLDER), { roles: ['api', 'events'] });
    await first.get(Counters).raise();
    await eventually(async () => expect(await outboxOf(first).countDocuments({ status: 'published' })).toBe(1), 30_000);
    expect(await vanished(first)).toBeUndefined();
    await end(first);
    const management = loadConfig().rabbitmqManagementUrl as string;
    await ask(management, 'DELETE', `/api/queues/${stores.dbPrefix}/reporting`);
    const second = await start(producer(OLDER), { roles: ['api'], config: { logLevel: 'silent' } });
    await eventually(async () => expect(await vanished(second)).toBe('1'), 30_000);
  });
});
