import type { SubscriptionMap } from '@idxcoop/contracts';
import { Installation, MessagingCollections, Publisher, replay } from '@idxcoop/messaging';
import { loadConfig, Log, newId } from '@idxcoop/platform';
import { EventConsuming } from '../../libs/messaging/src/consuming';
import { eventually } from '../support/eventually';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { ask } from '../support/virtual-host';
import { Actor, effectsOf } from './fixtures/consumers';
import { CONTRACTS, CounterRaisedV1 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { operate } from './fixtures/raw';
import { figure, sized } from './fixtures/scale';

const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const HEALED_WITHIN = 5_000;

/** A log whose lines a test can read. */
function readableLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: new Log('warn', {}, { write: (line: string) => lines.push(line) }) };
}

/** Closes a channel as the broker does on an error: by using it for something that is not there. */
function breakChannel(owner: object): void {
  const { link } = owner as { link: { current: { publish(exchange: string, key: string, content: Buffer): void } } };
  link.current.publish('no-such-exchange', '', Buffer.from(''));
}

describe('messaging: what heals', () => {
  let stores: TestStores;
  let writer: StartedService;
  let reader: StartedService;
  const { log, lines } = readableLog();
  const overrides = [{ provide: Log, useValue: log }];

  beforeAll(async () => {
    stores = await createStores();
    reader = await startService(listener('reporting', [Actor], MAP), { stores, roles: ['events'], overrides });
    writer = await startService(producer(MAP), { stores, roles: ['api', 'events'], overrides });
  });

  afterAll(async () => {
    await writer?.close();
    await reader?.close();
    await stores?.drop();
  });

  const act = async (): Promise<void> => {
    const id = await writer.get(Counters).raise(newId());
    await eventually(
      async () => expect(await effectsOf(reader.mongo).countDocuments({ eventId: id })).toBe(1),
      HEALED_WITHIN,
    );
  };

  /** Breaks something, sees red, then green, and an event that was recorded at once arrive; all within five seconds. */
  async function heals(what: string, service: StartedService, harm: () => Promise<void> | void): Promise<void> {
    await act();
    // The management API shows a connection late, so the time is taken from the harm on.
    await harm();
    const begin = Date.now();
    await eventually(async () => expect((await service.health.report()).status).toBe('unavailable'), HEALED_WITHIN);
    await act();
    await eventually(async () => expect((await service.health.report()).missing).toEqual([]), HEALED_WITHIN);
    const took = Date.now() - begin;
    figure(`${what}: consuming, publishing and ready again after ${took} ms`);
    expect(took).toBeLessThan(HEALED_WITHIN);
  }

  async function closeConnection(name: string): Promise<void> {
    const management = loadConfig().rabbitmqManagementUrl as string;
    const vhost = new URL(stores.rabbitmqUrl).pathname.slice(1);
    const connections = await eventually(async () => {
      const all = (await ask(management, 'GET', '/api/connections')) as {
        name: string;
        vhost: string;
        client_properties: { connection_name?: string };
      }[];
      const found = all.filter((one) => one.vhost === vhost && one.client_properties?.connection_name === name);
      if (found.length === 0) throw new Error(`the broker does not show ${name} yet`);
      return found;
    }, 15_000);
    for (const connection of connections)
      await ask(management, 'DELETE', `/api/connections/${encodeURIComponent(connection.name)}`);
  }

  it('consumes again after its channel was killed', async () => {
    const { intake } = reader.get(EventConsuming) as unknown as { intake: object };
    await heals('channel of the consumer killed', reader, () => breakChannel(intake));
  });

  it('publishes again after its channel was killed', async () => {
    await heals('channel of the publisher killed', writer, () => breakChannel(writer.get(Publisher)));
  });

  it('consumes again after its connection was killed', async () => {
    await heals('connection of the consumer killed', reader, () => closeConnection('reporting consumes'));
  });

  it('publishes again after its connection was killed', async () => {
    await heals('connection of the publisher killed', writer, () => closeConnection('onboarding publishes'));
  });

  it('consumes again after its queue was deleted, and prints the replay that brings back what the queue held', async () => {
    await act();
    // The consumer holds what it takes; what the queue loses is what came while nobody took any.
    const { intake } = reader.get(EventConsuming) as unknown as { intake: { cancel(): Promise<void> } };
    await intake.cancel();
    const before = await effectsOf(reader.mongo).countDocuments({});
    const lost = await Promise.all(Array.from({ length: sized(500) }, () => writer.get(Counters).raise(newId())));
    const { outbox } = writer.get(MessagingCollections);
    await eventually(async () =>
      expect(await outbox.countDocuments({ eventId: { $in: lost }, status: 'published' })).toBe(lost.length),
    );
    lines.length = 0;
    const begin = Date.now();
    await operate(stores.rabbitmqUrl, (channel) => channel.deleteQueue('reporting'));
    breakChannel(intake);
    await act();
    figure(`queue deleted: consuming again after ${Date.now() - begin} ms`);
    expect(await effectsOf(reader.mongo).countDocuments({})).toBe(before + 1);

    const alarm = lines.find((line) => line.includes('queue_vanished')) ?? '';
    const command = /ops -- replay --to (\S+) --from (\S+) --until ([^\s"\\]+)/.exec(alarm);
    expect(command?.[1]).toBe('reporting.act');
    const installation = new Installation(writer.config, { subscriptions: MAP, contracts: CONTRACTS });
    const outcome = await replay(installation, {
      to: 'reporting.act',
      from: new Date(command?.[2] ?? ''),
      until: new Date(command?.[3] ?? ''),
    });
    await installation.close();
    await eventually(
      async () => expect(await effectsOf(reader.mongo).countDocuments({ eventId: { $in: lost } })).toBe(lost.length),
      30_000,
    );
    const all = await effectsOf(reader.mongo).countDocuments({});
    expect(all).toBe((await effectsOf(reader.mongo).distinct('eventId')).length);
    figure(`replay: ${outcome.sent} sent, ${lost.length} lost ones filled in, 0 of the others repeated`);
  });

  it('sees red while its queue is deleted under it, is cancelled, and heals', async () => {
    await heals('queue deleted while consuming', reader, () =>
      operate(stores.rabbitmqUrl, (channel) => channel.deleteQueue('reporting')),
    );
  });

  it('publishes nothing into the void: a returned event declares its binding again', async () => {
    await operate(stores.rabbitmqUrl, (channel) =>
      channel.unbindQueue('reporting', 'idxcoop.events', CounterRaisedV1.event),
    );
    await act();
  });
});
