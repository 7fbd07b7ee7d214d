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
];
