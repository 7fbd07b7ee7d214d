import type { SubscriptionMap } from '@idxcoop/contracts';
import {
  MessagingCollections,
  Publisher,
  PublishBlocked,
  PublishChannelLost,
  PublishNacked,
  PublishTimedOut,
  PublishUnroutable,
  topologyOf,
} from '@idxcoop/messaging';
import { Log, newId } from '@idxcoop/platform';
import { eventually } from '../support/eventually';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { ask } from '../support/virtual-host';
import { Actor, effectsOf } from './fixtures/consumers';
import { CounterIgnoredV1, CounterRaisedV1 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { PrivateBroker } from './fixtures/private-broker';
import { operate } from './fixtures/raw';
import { figure, isFull, sized } from './fixtures/scale';

jest.setTimeout(isFull ? 900_000 : 180_000);

const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const DEADLINE = 1_000;

describe('messaging: a broker that stops, blocks and dies', () => {
  let broker: PrivateBroker;
  let stores: TestStores;
  let open: { close(): Promise<void> }[];

  beforeAll(async () => {
    broker = await PrivateBroker.start();
  });
  afterAll(() => broker?.remove());
  beforeEach(async () => {
    stores = await createStores();
    open = [];
  });
  afterEach(async () => {
    broker.thaw();
    for (const one of open.reverse()) await one.close();
    await stores.drop();
  });

  function publisher(): Publisher {
    const made = new Publisher({
      url: broker.url,
      name: 'test publishes',
      log: new Log('silent'),
      topology: topologyOf(MAP, 'idxcoop.events'),
      window: 200,
      publishDeadline: DEADLINE,
    });
    made.start();
    open.push(made);
    return made;
  }

  const publish = (to: Publisher, type = CounterRaisedV1.event): Promise<void> =>
    to.publish({ id: newId(), type, body: Buffer.from('{}') });

  const start = async (...[module, options]: Parameters<typeof startService>): Promise<StartedService> => {
    const config = { rabbitmqUrl: broker.url, rabbitmqManagementUrl: broker.managementUrl, logLevel: 'silent' };
    const service = await startService(module, { stores, ...options, config });
    open.push(service);
    return service;
  };

  const pair = async () => {
    const options = { publishDeadline: DEADLINE };
    const reader = await start(listener('reporting', [Actor], MAP, options), { roles: ['events'] });
    const writer = await start(producer(MAP, options), { roles: ['api', 'events'] });
    return { reader, writer };
  };

  /** Every event once, and nothing left to publish. */
  async function arrived(reader: StartedService, writer: StartedService, count: number): Promise<void> {
    const { outbox } = writer.get(MessagingCollections);
    await eventually(async () => expect(await outbox.countDocuments({ status: 'pending' })).toBe(0), 300_000);
    await eventually(
      async () => expect(await effectsOf(reader.mongo).countDocuments({})).toBeGreaterThanOrEqual(count),
      300_000,
    );
    const ids = await effectsOf(reader.mongo)
      .aggregate<{ n: number }>([{ $group: { _id: '$eventId' } }, { $count: 'n' }])
      .toArray();
    expect(ids[0]?.n).toBe(count);
    expect(await effectsOf(reader.mongo).countDocuments({})).toBe(count);
  }

  it('resolves a publish only on a confirm without a return, and else rejects with what happened', async () => {
    const one = publisher();
    await one.usable();
    await expect(publish(one)).resolves.toBeUndefined();
    await expect(publish(one, CounterIgnoredV1.event)).rejects.toThrow(PublishUnroutable);

    await ask(broker.managementUrl, 'PUT', '/api/policies/%2F/full', {
      pattern: '^reporting$',
      definition: { 'max-length': 1, overflow: 'reject-publish' },
      'apply-to': 'queues',
    });
    await eventually(async () =>
      expect((await Promise.allSettled([publish(one), publish(one)])).map((outcome) => outcome.status)).toContain(
        'rejected',
      ),
    );
    await expect(publish(one)).rejects.toThrow(PublishNacked);
    // Emptied first: the broker goes on to refuse for the channels that it told so until the queue is short again.
    await operate(broker.url, (channel) => channel.purgeQueue('reporting'));
    await eventually(() => publish(one));
    await ask(broker.managementUrl, 'DELETE', '/api/policies/%2F/full');
    await eventually(() => publish(one));

    await broker.freeze();
    const begin = Date.now();
    await expect(publish(one)).rejects.toThrow(PublishTimedOut);
    figure(`a publish to a silent broker rejects after ${Date.now() - begin} ms (deadline ${DEADLINE})`);
    expect(Date.now() - begin).toBeLessThan(3 * DEADLINE);
    broker.thaw();
    await eventually(() => publish(one));

    const sent = Promise.allSettled(Array.from({ length: 200 }, () => publish(one)));
    const { link } = one as unknown as {
      link: { connection: { connection: { stream: { destroy(error: Error): void } } } };
    };
    link.connection.connection.stream.destroy(new Error('cut'));
    const outcomes = await sent;
    expect(
      outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason instanceof PublishChannelLost),
    ).toBe(true);
    expect(outcomes.some((outcome) => outcome.status === 'rejected')).toBe(true);
    await eventually(() => publish(one));
    await operate(broker.url, (channel) => channel.purgeQueue('reporting'));
  });

  it('rejects within the deadline under a memory alarm, keeps the rows, and loses nothing', async () => {
    const { reader, writer } = await pair();
    const one = publisher();
    await one.usable();
    await broker.setMemoryWatermark(0.000001);
    // The first publish after the alarm is what makes the broker block the connection.
    await expect(publish(one, CounterIgnoredV1.event)).rejects.toThrow(PublishBlocked);
    const begin = Date.now();
    await expect(publish(one)).rejects.toThrow(PublishBlocked);
    const took = Date.now() - begin;
    expect(took).toBeLessThan(3 * DEADLINE);
    await writer.get(Counters).raiseMany(sized(1000));
    await eventually(async () => expect((await writer.health.report()).missing).toContain('rabbitmq'));
    expect(await writer.get(MessagingCollections).outbox.countDocuments({ status: 'pending' })).toBe(sized(1000));
    await broker.setMemoryWatermark(0.4);
    await arrived(reader, writer, sized(1000));
    await eventually(async () => expect((await writer.health.report()).status).toBe('ok'));
    figure(
      `memory alarm: a publish rejects after ${took} ms (deadline ${DEADLINE}); ${sized(1000)} events waited in the outbox, 0 lost`,
    );
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    `loses none of ${sized(20_000)} events while the broker is stopped by %s and started again`,
    async (signal) => {
      const { reader, writer } = await pair();
      const total = sized(20_000);
      const before = Math.round(total * 0.3);
      const counters = writer.get(Counters);
      const begin = Date.now();
      await counters.raiseMany(before);
      const during = counters.raiseMany(total - before);
      await broker.stop(signal);
      await during;
      await eventually(async () =>
        expect((await reader.health.report()).missing).toEqual(expect.arrayContaining(['consumers'])),
      );
      await broker.start();
      await arrived(reader, writer, total);
      figure(
        `${total} events, broker stopped by ${signal}: 0 lost, 0 double effects, all there ${Date.now() - begin} ms after the first`,
      );
    },
  );

  it('starts in role api without a broker, is ready, and publishes once the broker is there', async () => {
    await broker.stop('SIGKILL');
    const writer = await start(producer(MAP), { roles: ['api'] });
    expect(await writer.health.report()).toEqual({ status: 'ok', missing: [] });
    const id = await writer.get(Counters).raise();
    expect(await writer.get(MessagingCollections).outbox.findOne({ eventId: id })).toMatchObject({ status: 'pending' });
    await broker.start();
    const reader = await start(listener('reporting', [Actor], MAP), { roles: ['events'] });
    await eventually(() => writer.get(Publisher).check());
    const late = await writer.get(Counters).raise();
    await eventually(
      async () => expect(await effectsOf(reader.mongo).countDocuments({ eventId: late })).toBe(1),
      30_000,
    );
    await start(producer(MAP), { roles: ['events'] });
    await eventually(async () => expect(await effectsOf(reader.mongo).countDocuments({ eventId: id })).toBe(1), 60_000);
  });
});
