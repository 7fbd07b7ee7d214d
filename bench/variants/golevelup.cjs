require('reflect-metadata');
const { AmqpConnection, RabbitMQModule, RabbitSubscribe } = require('@golevelup/nestjs-rabbitmq');
const { Injectable, Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { envelopeOf, TYPE } = require('../event.cjs');

/** @golevelup/nestjs-rabbitmq as its documents show it, persistent and on a quorum queue. It publishes and consumes on one connection. */
module.exports = async ({ url, prefetch, onMessage }) => {
  class Reader {
    on(envelope) {
      onMessage(envelope.data.index);
    }
  }
  const method = Object.getOwnPropertyDescriptor(Reader.prototype, 'on');
  RabbitSubscribe({
    exchange: 'bench',
    routingKey: TYPE,
    queue: 'bench',
    queueOptions: { durable: true, arguments: { 'x-queue-type': 'quorum' } },
  })(Reader.prototype, 'on', method);
  Injectable()(Reader);
  class BenchModule {}
  const rabbit = RabbitMQModule.forRoot({
    uri: url,
    exchanges: [{ name: 'bench', type: 'topic', options: { durable: true } }],
    prefetchCount: prefetch,
    connectionInitOptions: { wait: true, timeout: 10_000 },
    connectionManagerOptions: { connectionOptions: { noDelay: true } },
  });
  Module({ imports: [rabbit], providers: [Reader] })(BenchModule);
  const app = await NestFactory.createApplicationContext(BenchModule, { logger: false });
  const connection = app.get(AmqpConnection);
  return {
    publish: (index) => connection.publish('bench', TYPE, envelopeOf(index), { persistent: true }),
    close: () => app.close(),
  };
};
