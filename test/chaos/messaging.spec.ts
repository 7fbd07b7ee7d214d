import { event, type SubscriptionMap, TargetSetV1 } from '@idxcoop/contracts';
import { mongo } from 'mongoose';
import { MessagingCollections, Outbox } from '@idxcoop/messaging';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { eventually } from '../support/eventually';
import { CounterRaisedV1 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { Actor, effectsOf } from './fixtures/consumers';

const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };

describe('messaging', () => {
  let stores: TestStores;
  let writer: StartedService;
  let reader: StartedService;

  beforeAll(async () => {
    stores = await createStores();
    reader = await startService(listener('reporting', [Actor], MAP), { stores, roles: ['events'] });
    writer = await startService(producer(MAP), { stores, roles: ['api'] });
  });

  afterAll(async () => {
    await writer?.close();
    await reader?.close();
    await stores?.drop();
  });

  it('brings a recorded event to its consumer once, with the effect in the transaction of the inbox row', async () => {
    const id = await writer.get(Counters).raise('one');
    await eventually(async () => expect(await effectsOf(reader.mongo).countDocuments({ eventId: id })).toBe(1));
    const row = await reader.get(MessagingCollections).inbox.findOne({ _id: `reporting.act/${id}` });
    expect(row).not.toBeNull();
    await eventually(async () =>
      expect(await writer.get(MessagingCollections).outbox.findOne({ eventId: id })).toMatchObject({
        status: 'published',
        sequence: 1,
      }),
    );
  });

  it('raises the counter of an aggregate once, however often its transaction is run', async () => {
    const outbox = writer.get(Outbox);
    const aggregate = { id: 'again', sequence: 0 };
    let runs = 0;
    await writer.mongo.transaction(async (session) => {
      runs += 1;
      await outbox.add(aggregate, event(CounterRaisedV1, { counterId: 'again', value: 1 }), session);
      await outbox.add(aggregate, event(CounterRaisedV1, { counterId: 'again', value: 2 }), session);
      if (runs < 3)
        throw new mongo.MongoServerError({ message: 'again', code: 112, errorLabels: ['TransientTransactionError'] });
    });
    expect(runs).toBe(3);
    expect(aggregate.sequence).toBe(2);
    const rows = await writer.get(MessagingCollections).outbox.find({ partitionKey: 'again' }).toArray();
    expect(rows.map(({ sequence }) => sequence).sort()).toEqual([1, 2]);
  });

  it('publishes nothing of a transaction that was aborted', async () => {
    const { outbox } = writer.get(MessagingCollections);
    const aborted = writer.mongo.transaction(async (session) => {
      await writer
        .get(Outbox)
        .add({ id: 'never', sequence: 0 }, event(CounterRaisedV1, { counterId: 'never', value: 1 }), session);
      throw new Error('no');
    });
    await expect(aborted).rejects.toThrow('no');
    expect(await outbox.countDocuments({ partitionKey: 'never' })).toBe(0);
    await writer.get(Counters).raise('after');
    await eventually(async () => expect(await effectsOf(reader.mongo).countDocuments({ counterId: 'after' })).toBe(1));
    expect(await effectsOf(reader.mongo).countDocuments({ counterId: 'never' })).toBe(0);
  });

  it('refuses events of others, and events that break their contract', async () => {
    const add = (fact: object) =>
      writer.mongo.transaction((session) => writer.get(Outbox).add({ id: 'x', sequence: 0 }, fact, session));
    await expect(add(event(TargetSetV1, {} as TargetSetV1))).rejects.toThrow(
      'onboarding does not publish reporting.target.set.v1',
    );
    await expect(add(event(CounterRaisedV1, { counterId: 'x', value: -1 }))).rejects.toThrow('value: min');
    await expect(add({ counterId: 'x' })).rejects.toThrow('made from its contract');
  });

  it('gives an outbox row its place once: a forgotten save of the aggregate shows', async () => {
    const add = () =>
      writer.mongo.transaction((session) =>
        writer
          .get(Outbox)
          .add({ id: 'forgotten', sequence: 0 }, event(CounterRaisedV1, { counterId: 'f', value: 1 }), session),
      );
    await add();
    await expect(add()).rejects.toMatchObject({ code: 11000 });
  });

  it('shows its state to Prometheus', async () => {
    const text = await reader.metrics.registry.metrics();
    for (const name of [
      'consumer_duration_seconds_count',
      'outbox_oldest_pending_seconds',
      'publishes_unconfirmed',
      'queue_depth',
      'queue_age_seconds',
    ]) {
      expect(text).toContain(`idxcoop_${name}`);
    }
  });

  it('marks an event that nobody listens to as published, unsent', async () => {
    const id = await writer.get(Counters).raise('two', 'ignored');
    expect(await writer.get(MessagingCollections).outbox.findOne({ eventId: id })).toMatchObject({ status: 'unsent' });
  });
});
