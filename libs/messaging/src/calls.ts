import { isDuplicate, type Mongo, runInTrace } from '@idxcoop/platform';
import type { ServiceName } from '@idxcoop/contracts';
import type { ClientSession } from 'mongoose';
import type { MessagingCollections } from './collections';
import type { Handler } from './consumer-registry';
import type { Envelope } from './envelope';
import type { MessagingMetrics } from './metrics';
import type { EventContext } from './on-event';
import { retryId } from './retries';

/** How a call is counted: which attempt it is, and whether a row of `retries` stands for it. */
export interface Attempt {
  number: number;
  isRecorded: boolean;
}

/**
 * The transaction ran into another one again and again: most often the open one of a process that died, which the server ends
 * only after its lifetime. The call is put off without counting, so that it holds up nothing else.
 */
export class Contended extends Error {}

const CONTENDED_AFTER = 1_500;

/** Aborts a transaction whose consumer has acted on the event before. */
class AlreadySeen extends Error {}

/**
 * Calls consumers: each in a transaction of its own that holds its inbox row, so the effect and the "seen" mark are one. Only
 * a duplicate of the inbox row means "seen"; any other duplicate is the consumer's own failure.
 */
export class ConsumerCalls {
  constructor(
    private readonly service: ServiceName,
    private readonly mongo: Mongo,
    private readonly collections: MessagingCollections,
    private readonly metrics: MessagingMetrics,
  ) {}

  /** Calls one consumer with one event; resolves without a call when it has acted on it already. */
  async one(handler: Handler, envelope: Envelope, attempt: Attempt): Promise<void> {
    const stop = this.metrics.handling(handler.consumer);
    const id = retryId(handler.consumer, envelope.id);
    const patience = new Patience();
    try {
      await this.traced(envelope, () =>
        this.mongo.transaction(async (session) => {
          patience.spend();
          await this.see([id], session);
          if (attempt.isRecorded) await this.collections.retries.deleteOne({ _id: id }, { session });
          const context = this.context(envelope, attempt.number, session);
          if (handler.batch) await handler.invoke([{ event: envelope.data, context }], session);
          else await handler.invoke(envelope.data, context);
        }),
      );
      stop('done');
    } catch (error) {
      if (!(error instanceof AlreadySeen)) {
        stop('failed');
        throw error;
      }
      stop('seen');
      if (attempt.isRecorded) await this.collections.retries.deleteOne({ _id: id });
    }
  }

  /** Calls a batch consumer with all of these that it has not seen, in one transaction. */
  async many(handler: Handler, envelopes: readonly Envelope[]): Promise<void> {
    const stop = this.metrics.handling(handler.consumer);
    const byId = new Map(envelopes.map((envelope) => [retryId(handler.consumer, envelope.id), envelope]));
    const patience = new Patience();
    try {
      await this.traced(envelopes[0] as Envelope, () =>
        this.mongo.transaction(async (session) => {
          patience.spend();
          const seen = await this.collections.inbox.find({ _id: { $in: [...byId.keys()] } }, { session }).toArray();
          const known = new Set(seen.map(({ _id }) => _id));
          const fresh = [...byId].filter(([id]) => !known.has(id));
          if (fresh.length === 0) return;
          await this.see(
            fresh.map(([id]) => id),
            session,
          );
          const batch = fresh.map(([, envelope]) => ({
            event: envelope.data,
            context: this.context(envelope, 1, session),
          }));
          await handler.invoke(batch, session);
        }),
      );
      stop('done');
    } catch (error) {
      stop('failed');
      throw error;
    }
  }

  private async see(ids: readonly string[], session: ClientSession): Promise<void> {
    const at = new Date();
    try {
      if (ids.length === 1) await this.collections.inbox.insertOne({ _id: ids[0] as string, at }, { session });
      else
        await this.collections.inbox.insertMany(
          ids.map((_id) => ({ _id, at })),
          { session },
        );
    } catch (error) {
      if (isDuplicate(error)) throw new AlreadySeen();
      throw error;
    }
  }

  private context(envelope: Envelope, attempt: number, session: ClientSession): EventContext {
    return {
      id: envelope.id,
      type: envelope.type,
      sequence: Number(envelope.sequence),
      partitionKey: envelope.partitionkey,
      time: new Date(envelope.time),
      attempt,
      session,
      afterCommit: (fn) => this.mongo.afterCommit(session, fn),
    };
  }

  private traced<T>(envelope: Envelope, fn: () => Promise<T>): Promise<T> {
    return runInTrace(envelope.traceparent, fn, { service: this.service, role: 'events' });
  }
}

/** A transaction is run again by the driver for two minutes; a call has less time. */
class Patience {
  private readonly until = Date.now() + CONTENDED_AFTER;
  private runs = 0;

  spend(): void {
    this.runs += 1;
    if (this.runs > 1 && Date.now() > this.until) throw new Contended('The transaction kept running into another one');
  }
}
