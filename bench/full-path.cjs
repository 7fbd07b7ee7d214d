const { createRequire } = require('node:module');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const { envelopeOf, TYPE } = require('./event.cjs');

const root = join(__dirname, '..');
const own = createRequire(join(root, 'package.json'));
const { measurement } = require('./variants/idxcoop.cjs');

/**
 * From a change to its effect in another service: a transaction of document and outbox row, relay, broker, a transaction of inbox row
 * and effect. `bare` is the same two transactions of the same rows, handed over in memory: what is left when the bus is taken away.
 */
async function open({ mongodbUri, url, management, dbPrefix }, roles, onEffect) {
  own('reflect-metadata');
  const { Module } = own('@nestjs/common');
  const lib = (name) => own(join(root, `dist/libs/${name}/src/index.js`));
  const { createService, loadConfig, Mongo, newId } = lib('platform');
  const { EventConsumer, MessagingCollections, MessagingModule, OnEvent, Outbox } = lib('messaging');
  const contract = measurement(own('class-validator'));

  class BenchConsumer {
    async on(event, { id, session, afterCommit }) {
      await effects.insertOne({ _id: id, index: event.index }, { session });
      afterCommit(onEffect);
    }
  }
  OnEvent(contract)(BenchConsumer.prototype, 'on', Object.getOwnPropertyDescriptor(BenchConsumer.prototype, 'on'));
  EventConsumer('bench')(BenchConsumer);
  class BenchModule {}
  BenchModule.service = 'reporting';
  const messaging = MessagingModule.forService('reporting', {
    subscriptions: { 'reporting.bench': [contract] },
    contracts: [contract],
  });
  Module({ imports: [messaging], controllers: [BenchConsumer] })(BenchModule);

  const config = loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'fatal' }).with({
    mongodbUri,
    rabbitmqUrl: url,
    rabbitmqManagementUrl: management,
    dbPrefix,
    roles: new Set(roles),
    port: 0,
  });
  const service = await createService(BenchModule, { config });
  await service.started;
  const mongo = service.app.get(Mongo);
  const { db } = mongo.connection;
  await service.app.get(MessagingCollections).ready();
  for (const name of ['samples', 'effects']) await db.createCollection(name);
  const [samples, effects] = [db.collection('samples'), db.collection('effects')];
  return {
    mongo,
    samples,
    effects,
    contract,
    newId,
    outbox: service.app.get(Outbox),
    collections: service.app.get(MessagingCollections),
    close: async () => {
      await db.dropDatabase();
      await service.close();
    },
  };
}

/** Runs `from` up to before `to` in so many lanes at once. */
async function lanes(count, from, to, work) {
  let next = from;
  const lane = async () => {
    while (next < to) await work(next++);
  };
  await Promise.all(Array.from({ length: count }, lane));
}

async function timed(phases, { warmup, count }) {
  await phases(0, warmup);
  const start = performance.now();
  await phases(warmup, warmup + count);
  return { perSecond: (count / (performance.now() - start)) * 1000 };
}

async function idxcoop(options) {
  let effected = 0;
  let goal = 0;
  let reached = () => {};
  const bench = await open(options, ['events'], () => {
    effected += 1;
    if (effected === goal) reached();
  });
  const { mongo, outbox, samples, contract, newId } = bench;
  const cause = (index) =>
    mongo.transaction(async (session) => {
      const sample = { id: newId(), sequence: 0 };
      await outbox.add(sample, Object.assign(new contract(), envelopeOf(index).data), session);
      await samples.insertOne({ _id: sample.id, sequence: sample.sequence, index }, { session });
    });
  const result = await timed(async (from, to) => {
    const done = new Promise((resolve) => {
      reached = resolve;
      goal = to;
    });
    await lanes(options.lanes, from, to, cause);
    await done;
  }, options);
  await bench.close();
  return result;
}

async function bare(options) {
  const bench = await open(options, ['api'], () => {});
  const { mongo, collections, samples, effects, newId } = bench;
  const cause = (index) =>
    mongo.transaction(async (session) => {
      const [id, sampleId, now] = [newId(), newId(), new Date()];
      const row = { _id: `${id}/${TYPE}`, eventId: id, type: TYPE, partitionKey: sampleId, sequence: 1, recordedAt: now };
      const body = JSON.stringify({ ...envelopeOf(index), id, partitionkey: sampleId });
      // Like a row that waits; nobody looks for it here.
      const pendingSlot = Math.floor(now.getTime() / 1000);
      await collections.outbox.insertOne({ ...row, body, status: 'pending', pendingSlot }, { session });
      await samples.insertOne({ _id: sampleId, sequence: 1, index }, { session });
    });
  const effect = (index) =>
    mongo.transaction(async (session) => {
      const id = newId();
      await collections.inbox.insertOne({ _id: `reporting.bench/${id}`, at: new Date() }, { session });
      await effects.insertOne({ _id: id, index }, { session });
    });
  const result = await timed(async (from, to) => {
    const handed = [];
    let hand = () => {};
    let isOver = false;
    const effecting = Array.from({ length: options.lanes }, async () => {
      for (;;) {
        while (handed.length > 0) await effect(handed.shift());
        if (isOver) return;
        await new Promise((resolve) => {
          const before = hand;
          hand = () => {
            before();
            resolve();
          };
        });
      }
    });
    await lanes(options.lanes, from, to, async (index) => {
      await cause(index);
      handed.push(index);
      const wake = hand;
      hand = () => {};
      wake();
    });
    isOver = true;
    hand();
    await Promise.all(effecting);
  }, options);
  await bench.close();
  return result;
}

module.exports = { idxcoop, bare };
