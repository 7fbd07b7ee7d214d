import type { SubscriptionMap } from '@idxcoop/contracts';
import {
  deadDiscard,
  deadGroups,
  deadList,
  deadRedrive,
  deadShow,
  Installation,
  MessagingCollections,
} from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { eventually } from '../support/eventually';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { Actor, Behaviour, effectsOf, Gatherer, TAKEN, Witness } from './fixtures/consumers';
import { CONTRACTS, CounterRaisedV1 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { envelopeOf, publishRaw } from './fixtures/raw';
import { figure, sized } from './fixtures/scale';

const MAP: SubscriptionMap = {
  'reporting.act': [CounterRaisedV1],
  'reporting.witness': [CounterRaisedV1],
  'notifications.gather': [CounterRaisedV1],
};
const ATTEMPTS = 5;

describe('messaging: what fails', () => {
  let stores: TestStores;
  let writer: StartedService;
  let reader: StartedService;
  let gatherer: StartedService;
  let installation: Installation;

  beforeAll(async () => {
    stores = await createStores();
    reader = await startService(listener('reporting', [Actor, Witness], MAP), { stores, roles: ['events'] });
    gatherer = await startService(listener('notifications', [Gatherer], MAP), { stores, roles: ['events'] });
    writer = await startService(producer(MAP), { stores, roles: ['api'] });
    installation = new Installation(writer.config, { subscriptions: MAP, contracts: CONTRACTS });
  });

  afterAll(async () => {
    await installation?.close();
    for (const service of [writer, reader, gatherer]) await service?.close();
    await stores?.drop();
  });

  const counters = () => writer.get(Counters);
  const calls = (eventId: string) => reader.get(Behaviour).calls.filter((call) => call.eventId === eventId);
  const effects = (consumer: string, eventId: string) => effectsOf(reader.mongo).countDocuments({ consumer, eventId });
  const rows = () => reader.get(MessagingCollections).retries;
  const dead = async (eventId: string, consumer = 'reporting.act') => {
    const row = await eventually(async () => {
      const found = await rows().findOne({ eventId, consumer, state: 'dead' });
      if (!found) throw new Error(`${consumer} is not dead on ${eventId}`);
      return found;
    }, 30_000);
    return row;
  };

  it(`retries the consumer that fails, alone, ${ATTEMPTS} attempts exactly, while ${sized(1000)} good ones behind it are handled`, async () => {
    const id = await counters().raise(`poison-${newId()}`);
    const begin = Date.now();
    await counters().raiseMany(sized(1000));
    expect(await dead(id)).toMatchObject({
      attempt: ATTEMPTS,
      reason: 'handler_failed',
      error: { class: 'TypeError' },
    });
    await eventually(
      async () => expect(await effectsOf(reader.mongo).countDocuments({ consumer: 'act' })).toBe(sized(1000)),
      60_000,
    );
    figure(
      `poison dead after ${calls(id).length} attempts, ${sized(1000)} good ones behind it handled in ${Date.now() - begin} ms`,
    );
    expect(calls(id).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(await effects('witness', id)).toBe(1);
    expect(await effects('act', id)).toBe(0);
  });

  it('makes malformed JSON dead at once, with the reason', async () => {
    await publishRaw(stores.rabbitmqUrl, CounterRaisedV1.event, '{"specversion":', { id: 'broken-1' });
    expect(await dead('broken-1', 'reporting')).toMatchObject({
      reason: 'malformed',
      attempt: 1,
      body: '{"specversion":',
      error: { message: 'is not JSON' },
    });
  });

  it('makes an invalid payload dead at once for each of its consumers, naming the field and the rule', async () => {
    const id = newId();
    await publishRaw(
      stores.rabbitmqUrl,
      CounterRaisedV1.event,
      envelopeOf(CounterRaisedV1.event, { counterId: 'x', value: -1 }, id),
      { id },
    );
    expect(await dead(id)).toMatchObject({
      reason: 'invalid',
      attempt: 1,
      error: { class: 'InvalidEvent', message: 'value: min' },
    });
    expect(await dead(id, 'reporting.witness')).toMatchObject({ reason: 'invalid' });
    expect(calls(id)).toEqual([]);
  });

  it('gives an unknown event all tiers before it is dead', async () => {
    const id = newId();
    const type = 'onboarding.counter.unheard-of.v1';
    await publishRaw(stores.rabbitmqUrl, type, envelopeOf(type, { any: 1 }, id), { queue: 'reporting', id });
    await eventually(async () => expect(await rows().findOne({ eventId: id })).toMatchObject({ state: 'waiting' }));
    const row = await eventually(async () => {
      const found = await rows().findOne({ eventId: id, state: 'dead' });
      if (!found) throw new Error('not dead yet');
      return found;
    }, 30_000);
    expect(row).toMatchObject({ reason: 'unknown_event', consumer: 'reporting', attempt: ATTEMPTS });
  });

  it('makes a PermanentError dead at once, with its reason', async () => {
    const id = await counters().raise(`permanent-${newId()}`);
    expect(await dead(id)).toMatchObject({ reason: 'permanent', attempt: 1, error: { message: 'not_ours' } });
    expect(calls(id)).toHaveLength(1);
  });

  it('takes a duplicate key of the consumer for its failure, not for "seen"', async () => {
    const taken = { _id: TAKEN, consumer: 'nobody', eventId: 'none', counterId: 'none', sequence: 0 };
    for (const { mongo } of [reader, gatherer]) await effectsOf(mongo).insertOne(taken);
    const id = await counters().raise(`duplicate-${newId()}`);
    expect(await dead(id)).toMatchObject({ reason: 'handler_failed', attempt: ATTEMPTS, error: { code: 11000 } });
    const row = await rows().findOne({ eventId: id });
    expect(JSON.stringify(row?.error)).not.toContain(TAKEN);
  });

  it('keeps what the broker throws out of a queue with the other dead letters', async () => {
    const id = newId();
    await publishRaw(stores.rabbitmqUrl, CounterRaisedV1.event, envelopeOf(CounterRaisedV1.event, {}, id), {
      queue: 'reporting.dead',
      id,
    });
    expect(await dead(id, 'reporting')).toMatchObject({ reason: 'delivery_limit' });
  });

  it('gives a batch consumer many at a time, and retries only the bad one of them', async () => {
    const { sizes } = gatherer.get(Gatherer);
    const before = sizes.length;
    const bad = `poison-${newId()}`;
    await Promise.all([counters().raise(bad), counters().raiseMany(100, 100)]);
    const retries = gatherer.get(MessagingCollections).retries;
    await eventually(async () =>
      expect(await retries.countDocuments({ state: 'dead', consumer: 'notifications.gather' })).toBeGreaterThan(0),
    );
    await eventually(async () => {
      const good = await effectsOf(gatherer.mongo).distinct('eventId', { consumer: 'gather' });
      expect(good.length).toBe(await effectsOf(gatherer.mongo).countDocuments({ consumer: 'gather' }));
      expect(good.length).toBeGreaterThanOrEqual(100);
    });
    await eventually(() => expect(Math.max(...sizes.slice(before))).toBeGreaterThan(5), 30_000);
    figure(`batches of up to ${Math.max(...sizes)}`);
  });

  it('redrives to the consumer that failed and to no other, and discards with a note', async () => {
    const id = await counters().raise(`poison-${newId()}`);
    await dead(id);
    const filter = { consumer: 'reporting.act', eventId: id };
    expect(await deadList(installation, filter)).toMatchObject([
      { consumer: 'reporting.act', reason: 'handler_failed', attempts: ATTEMPTS },
    ]);
    expect(await deadGroups(installation, { service: 'reporting', reason: 'invalid' })).toMatchObject(
      expect.arrayContaining(
        [{ consumer: 'reporting.act', reason: 'invalid', error: 'InvalidEvent', count: 1 }].map(
          expect.objectContaining,
        ),
      ),
    );
    expect(await deadShow(installation, `reporting.act/${id}`)).toMatchObject({
      error: { stack: expect.stringContaining('consumers.ts') as string },
    });

    expect(await deadRedrive(installation, filter, { dryRun: true })).toEqual({ matched: 1, changed: 0 });
    expect(calls(id)).toHaveLength(ATTEMPTS);
    expect(await deadRedrive(installation, filter, { note: 'fixed' })).toEqual({ matched: 1, changed: 1 });
    await eventually(() => expect(calls(id)).toHaveLength(2 * ATTEMPTS));
    await dead(id);
    expect(await effects('witness', id)).toBe(1);

    await expect(deadDiscard(installation, filter, {})).rejects.toThrow('note');
    expect(await deadDiscard(installation, filter, { note: 'of no use' })).toEqual({ matched: 1, changed: 1 });
    expect(await deadList(installation, filter)).toEqual([]);
    expect(await deadList(installation, { ...filter, state: 'discarded' })).toHaveLength(1);
  });

  it('redrives at a rate', async () => {
    await Promise.all(Array.from({ length: 6 }, () => counters().raise(`permanent-rate-${newId()}`)));
    const filter = { consumer: 'reporting.act', reason: 'permanent' };
    await eventually(async () => expect(await deadList(installation, filter)).toHaveLength(7));
    const begin = Date.now();
    expect(await deadRedrive(installation, filter, { rate: 10 })).toEqual({ matched: 7, changed: 7 });
    await eventually(async () => expect(await deadList(installation, filter)).toHaveLength(7));
    await eventually(async () => expect(await deadList(installation, { ...filter, state: 'waiting' })).toHaveLength(0));
    expect(Date.now() - begin).toBeGreaterThanOrEqual(500);
  });
});
