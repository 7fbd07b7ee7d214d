import type { SubscriptionMap } from '@idxcoop/contracts';
import { MessagingCollections } from '@idxcoop/messaging';
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

  it('marks an event that nobody listens to as published, unsent', async () => {
    const id = await writer.get(Counters).raise('two', 'ignored');
    expect(await writer.get(MessagingCollections).outbox.findOne({ eventId: id })).toMatchObject({ status: 'unsent' });
  });
});
