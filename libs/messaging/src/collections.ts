import { Inject, Injectable } from '@nestjs/common';
import { Mongo } from '@idxcoop/platform';
import type { mongo } from 'mongoose';
import { MESSAGING_OPTIONS, type MessagingOptions } from './options';

const DAY = 86_400;

/** An event that was recorded in the transaction of its cause; the log that `replay` reads. */
export interface OutboxRow {
  /** `<event id>/<type>`: both versions of one fact share the event's id. */
  _id: string;
  eventId: string;
  type: string;
  partitionKey: string;
  sequence: number;
  recordedAt: Date;
  /** The envelope as it is published. */
  body: string;
  /** Nobody listens to an unsent one: it was never pending. */
  status: 'pending' | 'published' | 'unsent';
  /** The second of its recording, only while it is pending: how the sweep finds it. */
  pendingSlot?: number;
  publishedAt?: Date;
}

/** A consumer has acted on an event. */
export interface InboxRow {
  /** `<consumer>/<event id>` */
  _id: string;
  at: Date;
}

/** A consumer that failed on an event: waiting for another attempt, or dead. */
export interface RetryRow {
  /** `<consumer>/<event id>` */
  _id: string;
  /** A consumer; or the service alone where the event could not be given to any. */
  consumer: string;
  eventId: string;
  type: string;
  partitionKey?: string;
  state: 'waiting' | 'dead' | 'discarded';
  /** Attempts begun. */
  attempt: number;
  /** When it may be claimed. */
  dueAt: Date;
  reason: string;
  error?: { class: string; code?: string | number; stack?: string; message?: string };
  /** The message as it came. */
  body: string;
  firstAt: Date;
  lastAt: Date;
  traceId?: string;
  /** Why, and by whom, it was discarded or redriven. */
  notes?: { at: Date; action: 'redriven' | 'discarded'; note: string }[];
  /** Set where the row is no longer needed. */
  expiresAt?: Date;
}

/** Something that one process at a time may do. */
export interface LeaseRow {
  _id: string;
  holder: string;
  until: Date;
}

/** A build that works on the service, and who of it listens to what. */
export interface BuildRow {
  _id: string;
  listened: [consumer: string, events: string[]][];
  until: Date;
}

/** The collections of messaging in the database of a service, by the plain driver. */
@Injectable()
export class MessagingCollections {
  private readonly known = new Map<string, mongo.Collection>();

  constructor(
    private readonly mongo: Mongo,
    @Inject(MESSAGING_OPTIONS) private readonly options: Pick<MessagingOptions, 'outboxDays' | 'inboxDays'>,
  ) {
    // Before the first transaction: what a transaction writes that began earlier than an index may be missing in it.
    mongo.alsoPrepare(() => this.createIndexes());
  }

  get outbox(): mongo.Collection<OutboxRow> {
    return this.collection('outbox');
  }

  get inbox(): mongo.Collection<InboxRow> {
    return this.collection('inbox');
  }

  get retries(): mongo.Collection<RetryRow> {
    return this.collection('retries');
  }

  get leases(): mongo.Collection<LeaseRow> {
    return this.collection('leases');
  }

  get builds(): mongo.Collection<BuildRow> {
    return this.collection('builds');
  }

  /** Resolves once the store was reached and the indexes exist. */
  ready(): Promise<void> {
    return this.mongo.ready();
  }

  /** Whether one of these events was ever confirmed by the broker, as far as the outbox goes back. */
  async hasPublished(events: readonly string[]): Promise<boolean> {
    await this.ready();
    return (await this.outbox.findOne({ type: { $in: [...events] }, status: 'published' })) !== null;
  }

  private async createIndexes(): Promise<void> {
    const { outboxDays, inboxDays } = this.options;
    await this.outbox.createIndexes([
      { key: { partitionKey: 1, sequence: 1, type: 1 }, unique: true, name: 'one_event_per_sequence' },
      { key: { pendingSlot: 1 }, sparse: true, name: 'pending' },
      { key: { recordedAt: 1 }, name: 'recorded' },
      { key: { publishedAt: 1 }, expireAfterSeconds: outboxDays * DAY, name: 'expire_published' },
    ]);
    await this.inbox.createIndexes([{ key: { at: 1 }, expireAfterSeconds: inboxDays * DAY, name: 'expire_seen' }]);
    await this.retries.createIndexes([
      { key: { state: 1, dueAt: 1 }, name: 'due' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expire_discarded' },
    ]);
    await this.leases.createIndexes([{ key: { until: 1 }, name: 'until' }]);
    await this.builds.createIndexes([{ key: { until: 1 }, expireAfterSeconds: DAY, name: 'expire_gone' }]);
  }

  /** mongoose's own collection waits for the first connection; behind it is the driver's, which is kept. */
  private collection<T extends mongo.BSON.Document>(name: string): mongo.Collection<T> {
    const { db } = this.mongo.connection;
    if (!db) return this.mongo.connection.collection(name) as unknown as mongo.Collection<T>;
    const known = this.known.get(name) ?? (db.collection(name) as unknown as mongo.Collection);
    this.known.set(name, known);
    return known as unknown as mongo.Collection<T>;
  }
}
