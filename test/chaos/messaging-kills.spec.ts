import type { SubscriptionMap } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { createStores, type StartedService, startService, type TestStores } from '../support/start-service';
import { Child } from './fixtures/child';
import { Actor, type Call, callsIn, effectsOf } from './fixtures/consumers';
import { CounterRaisedV1 } from './fixtures/contracts';
import { Counters, listener, producer } from './fixtures/counters';
import { describeWhereKillsEndTransactions, shortenTransactions } from './fixtures/transactions';
import { figure, isFull, sized } from './fixtures/scale';
import type { WorkerTask } from './fixtures/worker';

// Starts of processes and lifetimes of transactions add up; each wait has a deadline of its own.
jest.setTimeout(isFull ? 900_000 : 180_000);

const MAP: SubscriptionMap = { 'reporting.act': [CounterRaisedV1] };
const NAMES = { 'reporting.act': [CounterRaisedV1.event] };
const LISTEN: WorkerTask = { kind: 'listen', map: NAMES, options: { claimFor: 2_500 } };

const KILLS = isFull ? 10 : 2;
const CONSUMER_KILLS = isFull ? 4 : 1;

describeWhereKillsEndTransactions('messaging: processes that are killed', () => {
  let stores: TestStores;
  let oracle: string;
  let folder: string;
  let open: (StartedService | Child)[];

  beforeAll(() => shortenTransactions());
  beforeEach(async () => {
    stores = await createStores();
    folder = mkdtempSync(join(tmpdir(), 'idxcoop-chaos-'));
    oracle = join(folder, 'calls');
    writeFileSync(oracle, '');
    open = [];
  });

  afterEach(async () => {
    for (const one of open) await (one instanceof Child ? one.end('SIGKILL') : one.close());
    await stores.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const spawn = (task: WorkerTask = LISTEN): Child => {
    const child = new Child(task, stores, { CHAOS_ORACLE: oracle });
    open.push(child);
    return child;
  };
  const start = async (...args: Parameters<typeof startService>): Promise<StartedService> => {
    const service = await startService(args[0], { stores, ...args[1] });
    open.push(service);
    return service;
  };
  const startWriter = () => start(producer(MAP), { roles: ['api', 'events'] });
  const calls = (eventId?: string): Call[] => callsIn(oracle).filter((call) => !eventId || call.eventId === eventId);
  const effects = (service: StartedService) =>
    effectsOf({ connection: { db: service.mongo.connection.getClient().db(`${stores.dbPrefix}_reporting`) } } as never);

  it(`loses nothing when the publishing process is killed ${KILLS} times during ${sized(5000)} transactions; sequences have no gaps`, async () => {
    const reader = await start(listener('reporting', [Actor], MAP), { roles: ['events'] });
    const total = sized(5000);
    const task: WorkerTask = {
      kind: 'write',
      map: NAMES,
      counters: Array.from({ length: 20 }, () => newId()),
      times: total,
    };
    const outbox = reader.mongo.connection.getClient().db(`${stores.dbPrefix}_onboarding`).collection('outbox');
    // The next one is on its way while one works, so that the test does not wait for their starts.
    let next = spawn(task);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const child = await next.said('ready');
      next = spawn(task);
      await eventually(
        async () => expect(await outbox.countDocuments({})).toBeGreaterThanOrEqual((total * kill) / (KILLS + 1)),
        60_000,
      );
      await child.end('SIGKILL');
    }
    await next.said('written');
    // What the killed ones left is the sweep's, which a process with the role `events` runs.
    await startWriter();
    await eventually(async () => expect(await outbox.countDocuments({ status: 'pending' })).toBe(0), 60_000);
    const committed = await outbox.find({}).toArray();
    await eventually(
      async () => expect(await effectsOf(reader.mongo).distinct('eventId')).toHaveLength(committed.length),
      60_000,
    );

    const seen = await effectsOf(reader.mongo).find({}).toArray();
    expect(seen).toHaveLength(committed.length);
    const counters = await reader.mongo.connection
      .getClient()
      .db(`${stores.dbPrefix}_onboarding`)
      .collection<{ _id: string; value: number }>('counters')
      .find({})
      .toArray();
    for (const counter of counters) {
      const sequences = seen.filter(({ counterId }) => counterId === counter._id).map(({ sequence }) => sequence);
      expect(sequences.sort((a, b) => a - b)).toEqual(Array.from({ length: counter.value }, (_, index) => index + 1));
      // Who keeps only what is newer ends where the counter stands.
      expect(Math.max(...sequences)).toBe(counter.value);
    }
    figure(
      `publisher killed ${KILLS} times in ${committed.length} transactions: 0 lost, 0 doubled, no gap in ${counters.length} sequences`,
    );
  });

  it('has the effect exactly once when a consumer is killed while it works', async () => {
    const writer = await startWriter();
    const children = [await spawn().said('ready'), await spawn().said('ready')];
    const ids: string[] = [];
    for (let kill = 0; kill < CONSUMER_KILLS; kill += 1) {
      const spare = spawn();
      const before = calls().length;
      ids.push(
        ...(await Promise.all(Array.from({ length: sized(400) }, () => writer.get(Counters).raise(`slow-${newId()}`)))),
      );
      // Those at work hold an open transaction when they are killed.
      await eventually(() => expect(calls().length).toBeGreaterThan(before), 30_000);
      await (children.shift() as Child).end('SIGKILL');
      children.push(await spare.said('ready'));
    }
    await eventually(async () => expect(await effects(writer).distinct('eventId')).toHaveLength(ids.length), 60_000);
    expect(await effects(writer).countDocuments({})).toBe(ids.length);
    figure(
      `consumer killed ${CONSUMER_KILLS} times at work: ${calls().length} calls, ${ids.length} events, each with one effect`,
    );
  });

  it(`is dead after exactly 5 attempts with three replicas and kills in between, while ${sized(1000)} good ones are handled`, async () => {
    const writer = await startWriter();
    const children = [spawn(), spawn(), spawn()];
    await Promise.all(children.map((child) => child.said('ready')));
    const poison = await writer.get(Counters).raise(`poison-${newId()}`);
    await writer.get(Counters).raiseMany(sized(1000));
    await eventually(() => expect(calls(poison).length).toBeGreaterThan(1), 30_000);
    await (children[0] as Child).end('SIGKILL');
    await spawn().said('ready');
    const retries = writer.mongo.connection.getClient().db(`${stores.dbPrefix}_reporting`).collection('retries');
    await eventually(
      async () => expect(await retries.findOne({ eventId: poison })).toMatchObject({ state: 'dead', attempt: 5 }),
      60_000,
    );
    await eventually(async () => expect(await effects(writer).distinct('eventId')).toHaveLength(sized(1000)), 60_000);
    expect(await effects(writer).countDocuments({})).toBe(sized(1000));
    const attempts = calls(poison).map(({ attempt }) => attempt);
    figure(`poison with three replicas and a kill: attempts ${attempts.join(', ')}`);
    // An attempt is counted before its call: the one killed process may have counted one that it did not come to call.
    expect(new Set(attempts).size).toBe(attempts.length);
    expect([1, 2, 3, 4, 5]).toEqual(expect.arrayContaining(attempts));
    expect(attempts.length).toBeGreaterThanOrEqual(4);
  });

  it('stops a message that kills its process, after far less than 20 deliveries, and handles all the others', async () => {
    const writer = await startWriter();
    const killer = await writer.get(Counters).raise(`killer-${newId()}`);
    await writer.get(Counters).raiseMany(sized(1000));
    const retries = writer.mongo.connection.getClient().db(`${stores.dbPrefix}_reporting`).collection('retries');
    let deaths = 0;
    const isDead = async (): Promise<boolean> => (await retries.findOne({ eventId: killer, state: 'dead' })) !== null;
    const replica = async (): Promise<void> => {
      for (let child = spawn(); !(await isDead()); child = spawn()) {
        const dead = eventually(async () => expect(await isDead()).toBe(true), 60_000);
        await Promise.race([dead, child.exited()]);
        dead.catch(() => {});
        if (child.isRunning) return;
        deaths += 1;
        expect(deaths).toBeLessThan(20);
      }
    };
    await Promise.all([replica(), replica()]);
    await eventually(async () => expect(await effects(writer).distinct('eventId')).toHaveLength(sized(1000)), 60_000);
    expect(await retries.findOne({ eventId: killer })).toMatchObject({ state: 'dead', reason: 'crash_loop' });
    expect(await retries.countDocuments({ eventId: { $ne: killer } })).toBe(0);
    figure(
      `a message that kills its process: dead after ${calls(killer).length} calls, ${sized(1000)} others handled once each`,
    );
  });

  it('restarts three replicas one after another under load: nothing lost, nothing uncaught, few redelivered', async () => {
    const writer = await startWriter();
    const replicas = [spawn(), spawn(), spawn()];
    await Promise.all(replicas.map((child) => child.said('ready')));
    const total = sized(3000);
    // The first effect makes its collection, for which transactions may be run again.
    const first = await writer.get(Counters).raise(newId());
    await eventually(async () => expect(await effects(writer).countDocuments({ eventId: first })).toBe(1));
    let isLoading = true;
    const load = (async () => {
      const ids: string[] = [first];
      while (ids.length < total || isLoading) {
        ids.push(
          ...(await Promise.all(
            Array.from({ length: 10 }, (_, index) =>
              writer.get(Counters).raise(`${index < 2 ? 'long' : 'quick'}-${newId()}`),
            ),
          )),
        );
      }
      return ids;
    })();
    for (let index = 0; index < 3; index += 1) {
      const spare = spawn();
      const ended = await (replicas[index] as Child).end('SIGTERM');
      expect(ended).toEqual({ code: 0, signal: null });
      expect((replicas[index] as Child).stderr).not.toMatch(/the process ends|Unhandled|Uncaught/i);
      replicas.push(await spare.said('ready'));
    }
    isLoading = false;
    const ids = await load;
    await eventually(async () => expect(await effects(writer).distinct('eventId')).toHaveLength(ids.length), 60_000);
    expect(await effects(writer).countDocuments({})).toBe(ids.length);
    const again = calls().length - ids.length;
    // The broker may give back what was only held; what was being handled was finished first.
    expect(again).toBeLessThanOrEqual(3);
    const retries = writer.mongo.connection.getClient().db(`${stores.dbPrefix}_reporting`).collection('retries');
    expect(await retries.countDocuments({})).toBe(0);
    figure(
      `rolling restart of three replicas: ${ids.length} events, 0 lost, 0 doubled, ${again} called again, exit codes 0`,
    );
  });
});
