import type { ServiceName } from '@idxcoop/contracts';
import { Batches } from './batches';
import { type ConsumerCalls, Contended } from './calls';
import type { ConsumerRegistry, Handler } from './consumer-registry';
import type { Delivery } from './delivery';
import { type Envelope, readEnvelope } from './envelope';
import { PermanentError } from './permanent-error';
import { type Failed, type Retries, retryId } from './retries';
import type { Slots } from './slots';
import { Abandoned, type StoreGate } from './store-gate';
import { validatorOf } from './validate';

/** A delivery that came back this often is left to the retry loop, which counts before it calls. */
const LEAVE_TO_LOOP = 5;

/** An event that no consumer of this build knows. */
export class UnknownEvent extends Error {
  readonly code = 'unknown_event';
}

/** An event that does not keep its contract: names of fields and rules, never a value. */
export class InvalidEvent extends PermanentError {}

export interface DispatcherParts {
  service: ServiceName;
  crashLimit: number;
  batchWait: number;
  registry: ConsumerRegistry;
  calls: ConsumerCalls;
  retries: Retries;
  gate: StoreGate;
  slots: Slots;
}

/**
 * Brings a delivery to its consumers. When `handle` resolves each of them has acted or left a row in `retries`, so the
 * delivery may be acknowledged; when it rejects the service is stopping, and it may not.
 */
export class Dispatcher {
  private readonly batches: Batches<Failed & { envelope: Envelope }>;

  constructor(private readonly parts: DispatcherParts) {
    this.batches = new Batches(parts.batchWait, (handler, items) => this.callBatch(handler, items));
  }

  async handle(delivery: Delivery): Promise<void> {
    const { service, crashLimit, registry } = this.parts;
    if (delivery.timesReturned >= crashLimit) {
      const { eventId, type, kept: body, to } = delivery;
      const error = new PermanentError(`came back ${delivery.timesReturned} times`);
      return this.bury({ consumer: to ?? service, eventId, type, body }, 'crash_loop', error);
    }
    const text = delivery.text;
    let envelope: Envelope;
    try {
      envelope = readEnvelope(text);
    } catch (error) {
      const { eventId, type, kept: body } = delivery;
      return this.bury({ consumer: service, eventId, type, body }, 'malformed', error);
    }
    const { to } = delivery;
    const handlers = registry.handlersOf(envelope.type).filter(({ consumer }) => !to || consumer === to);
    await this.bring(envelope, text, handlers, to ?? service, delivery);
  }

  /** Gives a row of the service itself (an event that nobody knew, or that could not be read) to those who know it now. */
  async handleAgain(envelope: Envelope, body: string): Promise<boolean> {
    const handlers = this.parts.registry.handlersOf(envelope.type);
    if (handlers.length === 0) return false;
    await this.bring(envelope, body, handlers, this.parts.service);
    return true;
  }

  private async bring(
    envelope: Envelope,
    body: string,
    handlers: readonly Handler[],
    otherwise: string,
    delivery?: Delivery,
  ): Promise<void> {
    const message = messageOf(envelope, body, otherwise);
    const { gate, retries, slots } = this.parts;
    if (handlers.length === 0) {
      const error = new UnknownEvent(`no consumer of this build knows ${envelope.type}`);
      return gate.through(() => retries.failed(message, error, 'unknown_event'));
    }
    const problem = validatorOf((handlers[0] as Handler).contract)(envelope.data);
    for (const handler of handlers) {
      const failed = { ...message, consumer: handler.consumer };
      if (problem) await this.bury(failed, 'invalid', new InvalidEvent(problem));
      else if (handler.batch && !delivery?.timesReturned) await this.batches.add(handler, { ...failed, envelope });
      else await slots.run(() => this.call(handler, envelope, failed, delivery));
    }
  }

  private async call(handler: Handler, envelope: Envelope, failed: Failed, delivery?: Delivery): Promise<void> {
    const { gate, retries, calls } = this.parts;
    if (gate.isStopping) throw new Abandoned();
    // Its channel is gone, so the broker has given it to somebody else meanwhile.
    if (delivery?.acks.isOver) return;
    const timesReturned = delivery?.timesReturned ?? 0;
    if (timesReturned > 0) {
      const attempt = timesReturned >= LEAVE_TO_LOOP ? 0 : 1;
      const isOurs = await gate.through(() => retries.begin(failed, attempt));
      if (!isOurs || attempt === 0) return;
    }
    const isRecorded = timesReturned > 0;
    try {
      await gate.through(() => calls.one(handler, envelope, { number: 1, isRecorded }));
    } catch (error) {
      if (error instanceof Abandoned) throw error;
      await gate.through(() => this.leaveRow(failed, isRecorded, error));
    }
  }

  private async leaveRow(failed: Failed, isRecorded: boolean, error: unknown): Promise<void> {
    const { retries } = this.parts;
    const row = { ...failed, _id: retryId(failed.consumer, failed.eventId), attempt: 1 };
    const isContended = error instanceof Contended;
    if (isRecorded) await (isContended ? retries.postponeCounted(row) : retries.settle(row, error, 'handler_failed'));
    else await (isContended ? retries.postpone(failed) : retries.failed(failed, error));
  }

  /** All in one transaction; one by one when that fails, so that only the bad one is retried. */
  private async callBatch(handler: Handler, items: readonly (Failed & { envelope: Envelope })[]): Promise<void> {
    const { gate, calls, slots } = this.parts;
    await slots.run(async () => {
      if (gate.isStopping) throw new Abandoned();
      if (items.length > 1) {
        try {
          await gate.through(() =>
            calls.many(
              handler,
              items.map(({ envelope }) => envelope),
            ),
          );
          return;
        } catch (error) {
          if (error instanceof Abandoned) throw error;
        }
      }
      for (const { envelope, ...failed } of items) await this.call(handler, envelope, failed);
    });
  }

  private async bury(message: Failed, reason: 'malformed' | 'invalid' | 'crash_loop', error: unknown): Promise<void> {
    const { gate, retries } = this.parts;
    await gate.through(() => retries.dead(message, reason, error));
  }
}

export function messageOf(envelope: Envelope, body: string, consumer: string): Failed {
  const traceId = envelope.traceparent?.split('-')[1];
  return {
    consumer,
    eventId: envelope.id,
    type: envelope.type,
    partitionKey: envelope.partitionkey,
    body,
    ...(traceId && { traceId }),
  };
}
