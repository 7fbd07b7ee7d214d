require('reflect-metadata');
const { Controller, Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { ClientProxyFactory, Ctx, EventPattern, Payload, Transport } = require('@nestjs/microservices');
const { lastValueFrom } = require('rxjs');
const { envelopeOf, TYPE } = require('../event.cjs');

/** @nestjs/microservices as its documents show it, with what it needs not to lose messages: persistent, a quorum queue, noAck false. */
module.exports = async ({ url, prefetch, onMessage }) => {
  class BenchController {
    on(envelope, context) {
      onMessage(envelope.data.index);
      context.getChannelRef().ack(context.getMessage());
    }
  }
  const method = Object.getOwnPropertyDescriptor(BenchController.prototype, 'on');
  Payload()(BenchController.prototype, 'on', 0);
  Ctx()(BenchController.prototype, 'on', 1);
  EventPattern(TYPE)(BenchController.prototype, 'on', method);
  Controller()(BenchController);
  class BenchModule {}
  Module({ controllers: [BenchController] })(BenchModule);
  const options = {
    urls: [url],
    queue: 'bench',
    queueOptions: { durable: true, arguments: { 'x-queue-type': 'quorum' } },
    socketOptions: { connectionOptions: { noDelay: true } },
    persistent: true,
  };
  const app = await NestFactory.createMicroservice(BenchModule, {
    transport: Transport.RMQ,
    options: { ...options, noAck: false, prefetchCount: prefetch },
    logger: false,
  });
  await app.listen();
  const client = ClientProxyFactory.create({ transport: Transport.RMQ, options });
  await client.connect();
  return {
    publish: (index) => lastValueFrom(client.emit(TYPE, envelopeOf(index)), { defaultValue: undefined }),
    close: async () => {
      await client.close();
      await app.close();
    },
  };
};
