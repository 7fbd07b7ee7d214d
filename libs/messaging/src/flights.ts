import type { ConfirmChannel, Options } from 'amqplib';
import {
  PublishBlocked,
  PublishChannelLost,
  type PublishError,
  PublishNacked,
  PublishTimedOut,
  PublishUnroutable,
} from './publish-errors';

/** What is sent: an event as bytes, and where to. */
export interface Publication {
  id: string;
  type: string;
  body: Buffer;
  /** Only to this consumer of the queue, past the exchange (replay). */
  to?: { queue: string; consumer: string };
}

interface Flight {
  publication: Publication;
  expires: number;
  isReturned: boolean;
  isSent: boolean;
  settle: (error?: PublishError) => void;
}

export interface FlightsOptions {
  exchange: string;
  window: number;
  publishDeadline: number;
  /** The channel that takes publishes now; undefined while there is none or it is blocked. */
  channel: () => ConfirmChannel | undefined;
  isBlocked: () => boolean;
  onUnroutable: (event: string) => void;
}

const TICK = 50;

/** Publishes on their way: a window of them unconfirmed at a time, each with a deadline and one outcome. */
export class Flights {
  /** In the order of their deadlines, which is the order of their starts: the deadline is the same for all. */
  private readonly flights = new Map<string, Flight>();
  private readonly queue: string[] = [];
  private sent = 0;
  private counter = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: FlightsOptions) {}

  get size(): number {
    return this.flights.size;
  }

  async start(publication: Publication): Promise<void> {
    return new Promise((resolve, reject) => {
      this.counter += 1;
      const key = String(this.counter);
      const flight: Flight = {
        publication,
        expires: Date.now() + this.options.publishDeadline,
        isReturned: false,
        isSent: false,
        settle: (error) => {
          if (!this.flights.delete(key)) return;
          if (flight.isSent) this.sent -= 1;
          if (error) reject(error);
          else resolve();
          this.pump();
        },
      };
      this.flights.set(key, flight);
      this.queue.push(key);
      this.timer ??= setInterval(() => this.expire(), TICK);
      this.pump();
    });
  }

  /** The broker sends a return before the confirm of the same message, with the key that it was sent with. */
  returned(key: string): void {
    const flight = this.flights.get(key);
    if (flight) flight.isReturned = true;
  }

  /** Sends what waits, as far as the window allows; nothing is sent into a blocked connection. */
  pump(): void {
    const channel = this.options.channel();
    while (channel && this.sent < this.options.window && this.queue.length > 0) {
      const key = this.queue.shift() as string;
      const flight = this.flights.get(key);
      if (flight) this.send(channel, key, flight);
    }
  }

  /** The channel is gone: what was sent on it is unknown, what waits was not sent. */
  lose(reason: string): void {
    this.queue.length = 0;
    for (const { publication, settle } of [...this.flights.values()]) {
      settle(new PublishChannelLost(`lost its channel: ${reason}`, publication.id, publication.type));
    }
  }

  private send(channel: ConfirmChannel, key: string, flight: Flight): void {
    const { id, type, body, to } = flight.publication;
    const options: Options.Publish = {
      persistent: true,
      mandatory: true,
      messageId: id,
      type,
      correlationId: key,
      contentType: 'application/cloudevents+json',
      timestamp: Date.now(),
      ...(to && { headers: { 'x-consumer': to.consumer } }),
    };
    flight.isSent = true;
    this.sent += 1;
    try {
      channel.publish(to ? '' : this.options.exchange, to?.queue ?? type, body, options, (error: unknown) =>
        this.confirmed(flight, error),
      );
    } catch {
      flight.settle(new PublishChannelLost('was not sent: the channel is closed', id, type));
    }
  }

  private confirmed(flight: Flight, error: unknown): void {
    const { id, type } = flight.publication;
    if (!error && !flight.isReturned) {
      flight.settle();
    } else if (flight.isReturned) {
      this.options.onUnroutable(type);
      flight.settle(new PublishUnroutable('was returned: no queue is bound to it', id, type));
    } else if (/nack/.test((error as Error).message)) {
      flight.settle(new PublishNacked('was nacked by the broker', id, type));
    } else {
      flight.settle(new PublishChannelLost('was sent, but the channel closed before its confirm', id, type));
    }
  }

  private expire(): void {
    const now = Date.now();
    for (const { publication, expires, settle } of this.flights.values()) {
      if (expires > now) break;
      const { id, type } = publication;
      settle(
        this.options.isBlocked()
          ? new PublishBlocked('was not confirmed: the broker has blocked publishers', id, type)
          : new PublishTimedOut(`was not confirmed within ${this.options.publishDeadline} ms`, id, type),
      );
    }
    this.pump();
    if (this.flights.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
