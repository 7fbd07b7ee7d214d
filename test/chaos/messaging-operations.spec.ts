import type { SubscriptionMap } from '@idxcoop/contracts';
import {
  Installation,
  MessagingCollections,
  outboxStatus,
  queueStatus,
  replay,
  topologyApply,
  topologyDiff,
  WrongUsage,
} from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { eventually } from '../support/eventually';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { Actor, Behaviour, effectsOf } from './fixtures/consumers';
import { CONTRACTS, CounterClosedV1, CounterRaisedV1 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { operate, publishRaw } from './fixtures/raw';

const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const OTHER_ARGUMENTS = { durable: true, arguments: { 'x-queue-type': 'quorum' } };

describe('messaging: operations', () => {
  let stores: TestStores;
  let installation: Installation;
  let writer: StartedService;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    stores = await createStores();
    writer = await start('writer');
    installation = new Installation(writer.config, { subscriptions: MAP, contracts: CONTRACTS });
    open.push(installation);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
    await stores.drop();
  });

  async function start(
    what: 'writer' | 'reader',
    roles: ('api' | 'events')[] = what === 'writer' ? ['api'] : ['events'],
  ): Promise<StartedService> {
    const module = what === 'writer' ? producer(MAP) : listener('reporting', [Actor], MAP);
    const service = await startService(module, { stores, roles });
    open.push(service);
    return service;
  }

  it('finds no difference on a broker that it declared, and the missing ones on an empty broker', async () => {
    await eventually(async () => expect(await topologyDiff(installation)).toEqual([]));
    await operate(stores.rabbitmqUrl, (channel) => channel.deleteQueue('reporting.dead'));
    expect(await topologyDiff(installation)).toMatchObject([{ kind: 'missing_queue', queue: 'reporting.dead' }]);
    expect(await topologyApply(installation, { dryRun: true })).toMatchObject({
      done: [expect.stringContaining('reporting.dead')],
    });
    expect(await topologyDiff(installation)).toHaveLength(1);
    await topologyApply(installation);
    expect(await topologyDiff(installation)).toEqual([]);
  });

  it('unbinds what the map no longer names, and names queues that it does not know', async () => {
    await eventually(async () => expect(await topologyDiff(installation)).toEqual([]));
    await operate(stores.rabbitmqUrl, async (channel) => {
      await channel.bindQueue('reporting', 'idxcoop.events', CounterClosedV1.event);
      await channel.assertQueue('stranger', OTHER_ARGUMENTS);
      await channel.bindQueue('stranger', 'idxcoop.events', '#');
    });
    expect((await topologyDiff(installation)).map(({ kind }) => kind).sort()).toEqual(['extra_binding', 'extra_queue']);
    const { done, left } = await topologyApply(installation);
    expect(done).toEqual([`unbound reporting from ${CounterClosedV1.event}`]);
    expect(left).toEqual([expect.stringContaining('stranger')]);
    expect((await topologyDiff(installation)).map(({ kind }) => kind)).toEqual(['extra_queue']);
  });

  it('never deletes a queue that holds messages, and makes an empty one anew', async () => {
    await eventually(async () => expect(await topologyDiff(installation)).toEqual([]));
    await operate(stores.rabbitmqUrl, async (channel) => {
      await channel.deleteQueue('reporting');
      await channel.assertQueue('reporting', OTHER_ARGUMENTS);
    });
    await publishRaw(stores.rabbitmqUrl, 'any', '{}', { queue: 'reporting' });
    const refused = await topologyApply(installation);
    expect(refused.left).toEqual([expect.stringContaining('it holds 1 messages')]);
    await operate(stores.rabbitmqUrl, async (channel) =>
      expect((await channel.checkQueue('reporting')).messageCount).toBe(1),
    );
    await operate(stores.rabbitmqUrl, (channel) => channel.purgeQueue('reporting'));
    expect((await topologyApply(installation)).done).toContain('made reporting anew with the declared arguments');
    expect(await topologyDiff(installation)).toEqual([]);
  });

  it('tells what waits in the outboxes and queues', async () => {
    await eventually(async () => expect(await topologyDiff(installation)).toEqual([]));
    await writer.get(Counters).raise(newId());
    await eventually(async () =>
      expect(await queueStatus(installation)).toMatchObject([
        { queue: 'reporting', isThere: true, ready: 1, consumers: 0, waiting: 0, dead: 0 },
        { queue: 'reporting.dead', ready: 0 },
      ]),
    );
    await eventually(async () =>
      expect((await outboxStatus(installation))[0]).toMatchObject({
        service: 'onboarding',
        pending: 0,
        oldestPendingAt: null,
      }),
    );
    const { outbox } = writer.get(MessagingCollections);
    const recordedAt = new Date(Date.now() - 60_000);
    await outbox.updateOne(
      {},
      { $set: { status: 'pending', pendingSlot: Math.floor(recordedAt.getTime() / 1000), recordedAt } },
    );
    const [status] = await outboxStatus(installation, { service: 'onboarding' });
    expect(status).toMatchObject({ pending: 1, oldestPendingAt: recordedAt });
    expect(status?.oldestPendingSeconds).toBeGreaterThanOrEqual(60);
  });

  it('replays to a consumer that came later, and repeats nothing for one that has acted', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => writer.get(Counters).raise(newId())));
    await eventually(async () => expect((await outboxStatus(installation))[0]?.pending).toBe(0));
    await operate(stores.rabbitmqUrl, (channel) => channel.purgeQueue('reporting'));
    const reader = await start('reader');
    const range = { to: 'reporting.act', from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 1_000) };
    expect(await replay(installation, { ...range, dryRun: true })).toEqual({ matched: 20, sent: 0 });
    expect(await replay(installation, range)).toEqual({ matched: 20, sent: 20 });
    await eventually(async () => expect(await effectsOf(reader.mongo).distinct('eventId')).toHaveLength(ids.length));
    // The driver may run a transaction again, so calls are compared and not counted.
    const calls = reader.get(Behaviour).calls.length;
    expect(await replay(installation, { ...range, rate: 100 })).toEqual({ matched: 20, sent: 20 });
    await eventually(
      async () => expect((await queueStatus(installation))[0]).toMatchObject({ ready: 0, unacknowledged: 0 }),
      20_000,
    );
    expect(reader.get(Behaviour).calls).toHaveLength(calls);
    expect(await effectsOf(reader.mongo).countDocuments({})).toBe(ids.length);
    await expect(replay(installation, { ...range, to: 'reporting.nobody' })).rejects.toThrow(WrongUsage);
  });

  it('publishes and marks at shutdown what it has committed', async () => {
    const last = await start('writer');
    await eventually(async () => expect(await topologyDiff(installation)).toEqual([]));
    await Promise.all(Array.from({ length: 50 }, () => last.get(Counters).raise(newId())));
    await last.close();
    expect((await outboxStatus(installation))[0]).toMatchObject({ pending: 0 });
  });
});
