import { Inject, Injectable } from '@nestjs/common';
import { contractOf, type EventContract, producerOf } from '@idxcoop/contracts';
import { Mongo, newId, traceparent } from '@idxcoop/platform';
import type { ClientSession } from 'mongoose';
import { MessagingCollections, type OutboxRow } from './collections';
import { makeEnvelope } from './envelope';
import { MESSAGING_OPTIONS, type MessagingOptions } from './options';
import { Relay } from './relay';
import { assertValid } from './validate';

/** What an event is about: a document with a counter of its events. */
export interface Aggregate {
  id: string;
  sequence: number;
}

/**
 * Records events in the transaction that causes them. The relay publishes them once it is committed; what a dead process
 * left, the sweep publishes.
 */
@Injectable()
export class Outbox {
  private readonly listenedTo: ReadonlySet<string>;
  /** The counter of an aggregate before the attempt of a transaction that first raised it. */
  private readonly before = new WeakMap<Aggregate, { session: ClientSession; attempt: number; sequence: number }>();

  constructor(
    private readonly mongo: Mongo,
    private readonly collections: MessagingCollections,
    private readonly relay: Relay,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {
    this.listenedTo = new Set(
      Object.values(options.subscriptions).flatMap((contracts) => contracts.map(({ event }) => event)),
    );
  }

  /**
   * Records an event about an aggregate; several versions of one fact are given together and share the event's id. Raises
   * `aggregate.sequence`: call it before the aggregate is saved in the same transaction. Answers the event's id.
   */
  async add(aggregate: Aggregate, event: object | readonly object[], session: ClientSession): Promise<string> {
    const rows = this.rowsOf(aggregate, event, session);
    await this.insert(rows, session);
    return (rows[0] as OutboxRow).eventId;
  }

  /** Records many events with one write. */
  async addMany(
    entries: readonly { aggregate: Aggregate; event: object | readonly object[] }[],
    session: ClientSession,
  ): Promise<string[]> {
    if (entries.length === 0) return [];
    const rows = entries.map(({ aggregate, event }) => this.rowsOf(aggregate, event, session));
    await this.insert(rows.flat(), session);
    return rows.map((row) => (row[0] as OutboxRow).eventId);
  }

  private rowsOf(aggregate: Aggregate, event: object | readonly object[], session: ClientSession): OutboxRow[] {
    const versions: readonly object[] = Array.isArray(event) ? event : [event];
    if (versions.length === 0) throw new TypeError('There is no event to record');
    for (const version of versions) this.assertOwn(version);
    this.raise(aggregate, session);
    const about = { id: newId(), time: new Date(), partitionKey: aggregate.id, sequence: aggregate.sequence };
    const trace = traceparent();
    return versions.map((version) => this.row(version, contractOf(version), about, trace));
  }

  private row(
    data: object,
    contract: EventContract,
    about: { id: string; time: Date; partitionKey: string; sequence: number },
    trace: string | undefined,
  ): OutboxRow {
    const { id, time, partitionKey, sequence } = about;
    const envelope = makeEnvelope({
      ...about,
      contract,
      data,
      service: this.options.service,
      ...(trace && { traceparent: trace }),
    });
    const isHeard = this.listenedTo.has(contract.event);
    return {
      _id: `${id}/${contract.event}`,
      eventId: id,
      type: contract.event,
      partitionKey,
      sequence,
      recordedAt: time,
      body: JSON.stringify(envelope),
      ...(isHeard
        ? { status: 'pending', pendingSlot: Math.floor(time.getTime() / 1000) }
        : { status: 'unsent', publishedAt: time }),
    };
  }

  private async insert(rows: OutboxRow[], session: ClientSession): Promise<void> {
    if (rows.length === 1) await this.collections.outbox.insertOne(rows[0] as OutboxRow, { session });
    else await this.collections.outbox.insertMany(rows, { session });
    const pending = rows.filter(({ status }) => status === 'pending');
    if (pending.length > 0) this.mongo.afterCommit(session, () => this.relay.offer(pending));
  }

  /** A service publishes its own facts, and only what keeps its contract. */
  private assertOwn(event: object): void {
    const { event: name } = contractOf(event);
    if (!name) throw new TypeError('An event is made from its contract: event(Contract, fields)');
    if (producerOf(name) !== this.options.service)
      throw new TypeError(`${this.options.service} does not publish ${name}`);
    assertValid(event);
  }

  /** A transaction that is run again must not raise the counter of the same object twice. */
  private raise(aggregate: Aggregate, session: ClientSession): void {
    if (typeof aggregate.id !== 'string' || !Number.isSafeInteger(aggregate.sequence)) {
      throw new TypeError('An aggregate has an id and a number called sequence');
    }
    // Before the first command of an attempt the driver has its new number in `txnNumberIncrement` only.
    const { txnNumberIncrement = 0 } = session as unknown as { txnNumberIncrement?: number };
    const attempt = Number(session.serverSession?.txnNumber ?? 0) + txnNumberIncrement;
    const before = this.before.get(aggregate);
    if (before?.session === session && before.attempt === attempt) {
      aggregate.sequence += 1;
      return;
    }
    const sequence = before?.session === session ? before.sequence : aggregate.sequence;
    this.before.set(aggregate, { session, attempt, sequence });
    aggregate.sequence = sequence + 1;
  }
}
