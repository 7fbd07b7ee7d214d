const amqp = require('amqplib');
const { envelopeOf, TYPE } = require('../event.cjs');

/** amqplib alone: two connections, a confirm channel, a quorum queue, every message parsed and acknowledged. */
module.exports = async ({ url, prefetch, onMessage }) => {
  const [sending, receiving] = await Promise.all([amqp.connect(url, { noDelay: true }), amqp.connect(url, { noDelay: true })]);
  const out = await sending.createConfirmChannel();
  const into = await receiving.createChannel();
  await out.assertExchange('bench', 'topic', { durable: true });
  await out.assertQueue('bench', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await out.bindQueue('bench', 'bench', TYPE);
  await into.prefetch(prefetch);
  await into.consume('bench', (message) => {
    onMessage(JSON.parse(message.content.toString()).data.index);
    into.ack(message);
  });
  return {
    publish: (index) =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(JSON.stringify(envelopeOf(index)));
        out.publish('bench', TYPE, body, { persistent: true }, (error) => (error ? reject(error) : resolve()));
      }),
    close: () => Promise.all([sending.close(), receiving.close()]),
  };
};
