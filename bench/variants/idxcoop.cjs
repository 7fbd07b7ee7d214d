const { createRequire } = require('node:module');
const { join } = require('node:path');
const { envelopeOf, TYPE } = require('../event.cjs');

const root = join(__dirname, '../..');
const own = createRequire(join(root, 'package.json'));
const lib = (file) => own(join(root, 'dist/libs', file));

/**
 * libs/messaging without its database: publisher, topology, intake, dispatcher with validation, Nest's strategy and acknowledgements
 * as they run in the services; only the transaction around the handler is left out. `full-path` has that.
 */
module.exports = async ({ url, window, prefetch, onMessage }) => {
  own('reflect-metadata');
  const { NestFactory } = own('@nestjs/core');
  const { Module } = own('@nestjs/common');
  const { Log, runInTrace } = lib('platform/src/index.js');
  const { EventConsumer, OnEvent, messagingOptions } = lib('messaging/src/index.js');
  const { ConsumerRegistry } = lib('messaging/src/consumer-registry.js');
  const { Dispatcher } = lib('messaging/src/dispatcher.js');
  const { EventStrategy } = lib('messaging/src/strategy.js');
  const { Intake } = lib('messaging/src/intake.js');
  const { Publisher } = lib('messaging/src/publisher.js');
  const { Slots } = lib('messaging/src/slots.js');
  const { StoreGate } = lib('messaging/src/store-gate.js');
  const { assertTopology, topologyOf } = lib('messaging/src/topology.js');

  const contract = measurement(own('class-validator'));
  const log = new Log('error', { service: 'bench' });
  const subscriptions = { 'reporting.bench': [contract] };
  const options = messagingOptions('reporting', { subscriptions, contracts: [contract], window, prefetch });
  const topology = topologyOf(subscriptions, options.exchange);
  const registry = new ConsumerRegistry('reporting');
  const gate = new StoreGate(async () => {}, log);
  const calls = {
    one: (handler, envelope) =>
      runInTrace(envelope.traceparent, () => handler.invoke(envelope.data, { id: envelope.id }), { service: 'reporting' }),
  };
  const retries = new Proxy({}, { get: () => () => Promise.reject(new Error('a message was not handled')) });
  const { crashLimit, batchWait, concurrency, drainDeadline, publishDeadline } = options;
  const dispatcher = new Dispatcher({
    service: 'reporting',
    crashLimit,
    batchWait,
    registry,
    calls,
    retries,
    gate,
    slots: new Slots(concurrency),
  });
  const intake = new Intake({
    url,
    name: 'bench consumes',
    queue: 'reporting',
    prefetch,
    drainDeadline,
    prepare: (link) => assertTopology(topology, (use) => link.withChannel(use)),
    hasHistory: async () => false,
    dispatcher,
    retries,
    gate,
    alarm: { raise() {}, settled() {}, seenUntil() {} },
    log,
  });
  const publisher = new Publisher({ url, name: 'bench publishes', log, topology, window, publishDeadline });

  class BenchConsumer {
    on(event) {
      onMessage(event.index);
    }
  }
  OnEvent(contract)(BenchConsumer.prototype, 'on', Object.getOwnPropertyDescriptor(BenchConsumer.prototype, 'on'));
  EventConsumer('bench')(BenchConsumer);
  class BenchModule {}
  Module({ controllers: [BenchConsumer] })(BenchModule);
  publisher.start();
  await publisher.usable();
  const consuming = { start: () => intake.start(), stop: () => intake.stop() };
  const strategy = new EventStrategy('reporting', registry, consuming);
  const app = await NestFactory.createMicroservice(BenchModule, { strategy, logger: false });
  await app.listen();
  return {
    publish: (index) => {
      const envelope = envelopeOf(index);
      return publisher.publish({ id: envelope.id, type: TYPE, body: Buffer.from(JSON.stringify(envelope)) });
    },
    close: async () => {
      await app.close();
      await publisher.close();
    },
  };
};

/** The contract of what is sent: the rules of a fact about a cooperative. */
function measurement({ IsIn, IsInt, IsISO8601, IsString, IsUUID, Matches, Min }) {
  class MeasurementTakenV1 {}
  MeasurementTakenV1.event = TYPE;
  const rules = {
    cooperativeId: [IsUUID()],
    type: [IsIn(['consumer', 'producer', 'savings_loan', 'marketing', 'service'])],
    form: [IsIn(['primary', 'secondary'])],
    regionCode: [Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/)],
    effectiveOn: [Matches(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z)?$/)],
    knownAt: [IsISO8601({ strict: true })],
    index: [IsInt(), Min(0)],
    filling: [IsString()],
  };
  for (const [name, list] of Object.entries(rules)) for (const rule of list) rule(MeasurementTakenV1.prototype, name);
  return MeasurementTakenV1;
}

module.exports.measurement = measurement;
