import type { SubscriptionMap } from '@idxcoop/contracts';
import { loadConfig, newId } from '@idxcoop/platform';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { Child } from './fixtures/child';
import { callsIn, effectsOf } from './fixtures/consumers';
import { CounterRaisedV1 } from './fixtures/contracts';
import { producer } from './fixtures/counters';
import { PrivateBroker } from './fixtures/private-broker';
import { randomOf } from './fixtures/random';
import { figure, isFull } from './fixtures/scale';
import { TcpProxy } from './fixtures/tcp-proxy';
import { describeWhereKillsEndTransactions, shortenTransactions } from './fixtures/transactions';
import type { WorkerTask } from './fixtures/worker';

const SEED = Number(process.env['CHAOS_SEED'] ?? '1');
const MINUTES = Number(process.env['CHAOS_MINUTES'] ?? '2');
const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const NAMES = { 'reporting.act': [CounterRaisedV1.event] };

jest.setTimeout(MINUTES * 60_000 + 300_000);

// Random faults for minutes are for `npm run chaos`; npm test has each kind of fault in a spec of its own.
(isFull ? describeWhereKillsEndTransactions : describe.skip)('messaging: random faults under load', () => {
  let broker: PrivateBroker;
  let stores: TestStores;
  let proxy: TcpProxy;
  let folder: string;
  let watcher: StartedService | undefined;
  const children: Child[] = [];

  beforeAll(async () => {
    await shortenTransactions();
    broker = await PrivateBroker.start();
    stores = await createStores();
    const mongodb = new URL(loadConfig().mongodbUri);
    proxy = new TcpProxy({ host: mongodb.hostname, port: Number(mongodb.port) });
    await proxy.open();
    folder = mkdtempSync(join(tmpdir(), 'idxcoop-chaos-'));
    writeFileSync(join(folder, 'calls'), '');
  });

  afterAll(async () => {
    for (const child of children) await child.end('SIGKILL');
    await watcher?.close();
    await proxy?.cut();
    await stores?.drop();
    await broker?.remove();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it(`loses nothing and doubles nothing in ${MINUTES} minutes of faults (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const ids = Array.from({ length: 30 }, () => newId());
    const write: WorkerTask = { kind: 'write', map: NAMES, counters: ids, times: 1_000_000, pace: 10 };
    const listen: WorkerTask = { kind: 'listen', map: NAMES, options: { claimFor: 1_000 } };
    const env = {
      RABBITMQ_URL: broker.url,
      RABBITMQ_MANAGEMENT_URL: broker.managementUrl,
      MONGODB_URI: `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`,
      MONGODB_TIMEOUT_MS: '1000',
      CHAOS_ORACLE: join(folder, 'calls'),
      // Faults burn attempts of nobody, but a test should not be the judge of its own tiers.
      RETRY_TIERS: '200,500,1000,2000,2000,2000',
      ROLES: 'api,events',
    };
    const spawn = (task: WorkerTask): Child => {
      const child = new Child(task, stores, task.kind === 'write' ? env : { ...env, ROLES: 'events' });
      children.push(child);
      return child;
    };
    const kill = async (slot: { child: Child }, task: WorkerTask): Promise<void> => {
      await slot.child.end('SIGKILL');
      slot.child = await spawn(task).said('ready');
    };
    const writer = { child: spawn(write) };
    const readers = [{ child: spawn(listen) }, { child: spawn(listen) }];
    await Promise.all([writer, ...readers].map(({ child }) => child.said('ready')));
    const faults: Record<string, () => Promise<unknown>> = {
      'writer killed': () => kill(writer, write),
      'reader killed': () => kill(readers[0] as { child: Child }, listen),
      'other reader killed': () => kill(readers[1] as { child: Child }, listen),
      'broker stopped': async () => {
        await broker.stop('SIGTERM');
        await broker.start();
      },
      'broker killed': async () => {
        await broker.stop('SIGKILL');
        await broker.start();
      },
      'MongoDB cut off': async () => {
        await proxy.cut();
        await pause(500 + random() * 3_000);
        await proxy.open();
      },
    };
    const names = Object.keys(faults);
    const done: string[] = [];
    for (const until = Date.now() + MINUTES * 60_000; Date.now() < until; ) {
      await pause(500 + random() * 2_000);
      const name = names[Math.floor(random() * names.length)] as string;
      done.push(name);
      await (faults[name] as () => Promise<unknown>)();
    }
    await writer.child.end('SIGKILL');
    watcher = await startService(producer(MAP), {
      stores,
      roles: ['events'],
      config: { rabbitmqUrl: broker.url, rabbitmqManagementUrl: broker.managementUrl, logLevel: 'silent' },
    });
    const database = (service: string) => watcher?.mongo.connection.getClient().db(`${stores.dbPrefix}_${service}`);
    const outbox = database('onboarding')?.collection('outbox');
    const retries = database('reporting')?.collection('retries');
    const effects = effectsOf({ connection: { db: database('reporting') } } as never);
    await eventually(async () => expect(await outbox?.countDocuments({ status: 'pending' })).toBe(0), 120_000);
    const committed = (await outbox?.countDocuments({})) ?? 0;
    await eventually(async () => expect(await effects.distinct('eventId')).toHaveLength(committed), 120_000);
    await eventually(async () => expect(await retries?.countDocuments({ state: 'waiting' })).toBe(0), 60_000);

    const seen = await effects.find({}).toArray();
    expect(seen).toHaveLength(committed);
    expect(await retries?.countDocuments({})).toBe(0);
    for (const id of ids) {
      const sequences = seen.filter(({ counterId }) => counterId === id).map(({ sequence }) => sequence);
      expect(sequences.sort((a, b) => a - b)).toEqual(sequences.map((_, index) => index + 1));
    }
    figure(
      `seed ${SEED}: ${done.length} faults (${done.join(', ')}) in ${MINUTES} min, ${committed} events, ${callsIn(join(folder, 'calls')).length} calls, 0 lost, 0 doubled, 0 dead`,
    );
  });
});
