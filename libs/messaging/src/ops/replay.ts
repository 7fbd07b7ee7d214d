import { producerOf, serviceOf } from '@idxcoop/contracts';
import { Log } from '@idxcoop/platform';
import type { mongo } from 'mongoose';
import type { OutboxRow } from '../collections';
import { PublishChannelLost, PublishError } from '../publish-errors';
import { Publisher } from '../publisher';
import { eachOf } from '../each-of';
import { type Installation, WrongUsage } from './installation';

const WINDOW = 200;
const CHUNK = 1_000;
const TRIES = 10;
const CONNECT_WITHIN = 10_000;

export interface ReplayOptions {
  /** The consumer. */
  to: string;
  /** Events that were recorded or published in this time. */
  from: Date;
  until: Date;
  /** So many a second; without it as fast as the broker takes them. */
  rate?: number;
  dryRun?: boolean;
  log?: Log;
}

export interface ReplayOutcome {
  matched: number;
  sent: number;
}

/**
 * Sends events of the outboxes to one consumer again. What it has acted on it does not act on again: its inbox stays in force,
 * so a replay fills gaps and repeats nothing.
 */
export async function replay(installation: Installation, options: ReplayOptions): Promise<ReplayOutcome> {
  const { to, from, until, dryRun } = options;
  if (!(from < until)) throw new WrongUsage('The beginning of a replay lies before its end');
  const types = installation.contractsOf(to).map(({ event }) => event);
  const outcome: ReplayOutcome = { matched: 0, sent: 0 };
  const publisher = dryRun ? undefined : await openPublisher(installation, options.log ?? new Log('warn'));
  try {
    for (const service of new Set(types.map(producerOf))) {
      const outbox = await installation.outbox(service);
      for await (const rows of chunks(outbox, types, from, until)) {
        outcome.matched += rows.length;
        if (publisher) outcome.sent += await send(publisher, rows, options);
      }
    }
  } finally {
    await publisher?.close();
  }
  return outcome;
}

/** By the time of recording, and by that of publishing: a backlog is published long after it was recorded. */
async function* chunks(
  outbox: mongo.Collection<OutboxRow>,
  types: readonly string[],
  from: Date,
  until: Date,
): AsyncGenerator<OutboxRow[]> {
  const type = { $in: [...types] };
  const range = { $gte: from, $lte: until };
  yield* gather(outbox.find({ recordedAt: range, type }));
  const late = outbox.find({ publishedAt: range, type, $nor: [{ recordedAt: range }] });
  yield* gather(late);
}

async function* gather(cursor: mongo.FindCursor<mongo.WithId<OutboxRow>>): AsyncGenerator<OutboxRow[]> {
  let rows: OutboxRow[] = [];
  for await (const row of cursor) {
    rows.push(row);
    if (rows.length < CHUNK) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

async function send(publisher: Publisher, rows: readonly OutboxRow[], { to, rate }: ReplayOptions): Promise<number> {
  const target = { queue: serviceOf(to), consumer: to };
  let sent = 0;
  const begin = Date.now();
  await eachOf(rows, rate ? 1 : WINDOW, async (row) => {
    if (rate) await pause(begin + (sent * 1000) / rate - Date.now());
    await publishSurely(publisher, row, target);
    sent += 1;
  });
  return sent;
}

async function publishSurely(
  publisher: Publisher,
  row: OutboxRow,
  to: { queue: string; consumer: string },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await publisher.publish({ id: row.eventId, type: row.type, body: Buffer.from(row.body), to });
      return;
    } catch (error) {
      if (!(error instanceof PublishError) || error.isKnown || tries === TRIES) throw error;
      if (error instanceof PublishChannelLost) await Promise.race([publisher.usable(), pause(CONNECT_WITHIN)]);
    }
  }
}

async function openPublisher(installation: Installation, log: Log): Promise<Publisher> {
  const publisher = new Publisher({
    url: installation.config.rabbitmqUrl,
    name: 'ops replays',
    log,
    topology: installation.topology,
    window: WINDOW,
    publishDeadline: 30_000,
  });
  publisher.start();
  await Promise.race([publisher.usable(), pause(CONNECT_WITHIN)]);
  if (publisher.isReady) return publisher;
  await publisher.close(0);
  throw new Error('RabbitMQ does not answer');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)).unref());
}
