/**
 * @typedef {{ name: string, title: string, what: string, reference: string, variants: string[], metrics: Metric[], options: Record<string, number>, aim: Aim }} Plan
 * @typedef {{ key: string, label: string, digits: number }} Metric
 * @typedef {{ key: string, variant: string, text: string, holds: (ratio: number) => boolean }} Aim
 */

const peers = ['raw', 'idxcoop', 'nest', 'golevelup'];

/** What is called what in the tables. @type {Record<string, string>} */
export const LABELS = {
  raw: 'raw amqplib',
  idxcoop: 'libs/messaging',
  nest: '@nestjs/microservices RMQ',
  golevelup: '@golevelup/nestjs-rabbitmq',
  bare: 'bare loop',
  bullmq: 'BullMQ and the request alone',
  product: 'IDXCOOP notifications',
  one: '1 worker',
  two: '2 workers',
  four: '4 workers',
  eight: '8 workers',
};

/** @type {Plan[]} */
export const PLANS = [
  {
    name: 'bus',
    title: 'Bus: throughput',
    what: `Publisher and consumer in one process, a durable quorum queue, persistent events of 1 KiB, 200 publishes in flight, prefetch
200, noDelay for all. The clock runs from the first publish after the warm-up to the last handled message. Ours validates every event
by its contract and acknowledges up to 50 together; the database is left out here (that is the full path). Nest and golevelup run on
Nest 11, ours on Nest 12.`,
    reference: 'raw',
    variants: peers,
    metrics: [
      { key: 'perSecond', label: 'messages/s', digits: 0 },
      { key: 'cpu', label: 'CPU µs a message', digits: 0 },
    ],
    options: { warmup: 2_000, count: 8_000, window: 200, prefetch: 200 },
    aim: { key: 'perSecond', variant: 'idxcoop', text: 'at least 0.90 of raw', holds: (ratio) => ratio >= 0.9 },
  },
  {
    name: 'latency',
    title: 'Bus: latency at 100 events a second',
    what: `The same set-up at a steady rate; from the call of publish to the call of the handler, in milliseconds, 600 events a run after
100 for warming up.`,
    reference: 'raw',
    variants: peers,
    metrics: [
      { key: 'p50', label: 'p50 ms', digits: 2 },
      { key: 'p99', label: 'p99 ms', digits: 1 },
    ],
    options: { rate: 100, count: 600, window: 200, prefetch: 200 },
    aim: { key: 'p50', variant: 'idxcoop', text: 'p50 at most 1.2 of raw', holds: (ratio) => ratio <= 1.2 },
  },
  {
    name: 'full-path',
    title: 'Full path: from a change to its effect',
    what: `A transaction of document and outbox row → relay → broker → a transaction of inbox row and effect, in one process, 16
transactions at a time on each side. The bare loop does the same two transactions of the same rows with the same numbers at a time and
hands over in memory: what is left when the bus is taken away.`,
    reference: 'bare',
    variants: ['bare', 'idxcoop'],
    metrics: [{ key: 'perSecond', label: 'changes/s', digits: 0 }],
    options: { warmup: 200, count: 1_500, lanes: 16 },
    aim: {
      key: 'perSecond',
      variant: 'idxcoop',
      text: 'at least 0.80 of the bare loop',
      holds: (ratio) => ratio >= 0.8,
    },
  },
  {
    name: 'delivery',
    title: 'Delivery: from a planned message to the provider',
    what: `Messages that wait in the queue, 50 at once in one worker process, against a provider on the loopback that answers at once. Ours claims
each in MongoDB, asks onboarding who it goes to, keeps the limits of the line, writes that it leaves, sends, and records what the provider said
with its fact. The peer is a BullMQ worker with the same concurrency that does nothing but the request: no double is prevented, nothing is recorded.`,
    reference: 'bullmq',
    variants: ['bullmq', 'product'],
    metrics: [{ key: 'perSecond', label: 'messages/s', digits: 0 }],
    options: { warmup: 200, count: 1_000, concurrency: 50, delay: 0 },
    aim: { key: 'perSecond', variant: 'product', text: 'at least 0.60 of BullMQ', holds: (ratio) => ratio >= 0.6 },
  },
  {
    name: 'delivery-workers',
    title: 'Delivery: one worker to eight',
    what: `Worker processes of the product, each with one message at a time, against a provider that takes 50 ms to answer. All of it, the database and the
broker included, shares the same cores.`,
    reference: 'one',
    variants: ['one', 'two', 'four', 'eight'],
    metrics: [{ key: 'perSecond', label: 'messages/s', digits: 1 }],
    options: { warmup: 20, perWorker: 100, concurrency: 1, delay: 50 },
    aim: {
      key: 'perSecond',
      variant: 'eight',
      text: 'eight workers at least 7.6 times one (0.95 of linear)',
      holds: (ratio) => ratio >= 7.6,
    },
  },
];
