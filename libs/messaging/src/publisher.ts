import type { ConfirmChannel, Options } from 'amqplib';
import type { Log } from '@idxcoop/platform';
import { BrokerLink, confirmChannel } from './connection';
import {
  PublishBlocked,
  PublishChannelLost,
  type PublishError,
  PublishNacked,
  PublishTimedOut,
  PublishUnroutable,
} from './publish-errors';
import { assertTopology, type Topology, TopologyDifference } from './topology';

/** What is sent: an event as bytes, and where to. */
export interface Publication {
  id: string;
  type: string;
  body: Buffer;
  /** Only to this consumer of the queue, past the exchange (replay). */
  to?: { queue: string; consumer: string };
}

export interface PublisherOptions {
  url: string;
  name: string;
  log: Log;
  topology: Topology;
  window: number;
  publishDeadline: number;
}

interface Flight {
  publication: Publication;
  expires: number;
  isReturned: boolean;
  isSent: boolean;
  settle: (error?: PublishError) => void;
}

const TICK = 50;

/**
 * Publishes with confirms on a connection of its own. A publish resolves only when the broker confirmed it and did not
 * return it; otherwise it rejects with an error that says what happened, within the deadline.
 */
export class Publisher {
  private readonly link: BrokerLink<ConfirmChannel>;
  /** In the order of their deadlines, which is the order of their starts: the deadline is the same for all. */
  private readonly flights = new Map<string, Flight>();
  private readonly queue: string[] = [];
  private sent = 0;
  private counter = 0;
  private timer: NodeJS.Timeout | undefined;
  /** A return for an event that has a subscriber means that a queue or binding is missing. */
  private unroutableAt = 0;
  private repairing: Promise<void> | undefined;

  constructor(private readonly options: PublisherOptions) {
    this.link = new BrokerLink<ConfirmChannel>({
      url: options.url,
      name: options.name,
      log: options.log,
      createChannel: confirmChannel,
      setUp: (channel) => this.setUp(channel),
      onLost: (reason) => this.lose(reason),
    });
  }

  start(): void {
    this.link.start();
  }

  get isReady(): boolean {
    return this.link.current !== undefined && !this.link.isBlocked && this.unroutableAt === 0;
  }

  /** Throws what keeps publishes from being confirmed. */
  check(): void {
    if (!this.link.current) throw new Error('publishing: no channel to RabbitMQ');
    if (this.link.isBlocked) throw new Error('publishing: RabbitMQ has blocked publishers');
    if (this.unroutableAt) throw new Error('publishing: an event that has a subscriber was returned');
  }

  /** Confirms that are waited for. */
  get unconfirmed(): number {
    return this.flights.size;
  }

  /** Resolves when there is a channel that takes publishes. */
  async usable(): Promise<void> {
    await this.link.opened();
  }

  async publish(publication: Publication): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.link.current) {
        reject(new PublishChannelLost('was not sent: there is no channel', publication.id, publication.type));
        return;
      }
      this.counter += 1;
      const key = String(this.counter);
      this.flights.set(key, {
        publication,
        expires: Date.now() + this.options.publishDeadline,
        isReturned: false,
        isSent: false,
        settle: (error) => {
          const flight = this.flights.get(key);
          if (!flight) return;
          this.flights.delete(key);
          if (flight.isSent) this.sent -= 1;
          if (error) reject(error);
          else resolve();
          this.pump();
        },
      });
      this.queue.push(key);
      this.timer ??= setInterval(() => this.expire(), TICK);
      this.pump();
    });
  }

  /** Waits for what is under way, up to a deadline, and closes the connection. */
  async close(deadline = this.options.publishDeadline): Promise<void> {
    const until = Date.now() + deadline;
    while (this.flights.size > 0 && this.link.current && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await this.link.close();
    this.lose('the publisher was closed');
    clearInterval(this.timer);
  }

  /** Declares everything again: a returned event with a subscriber shows that something of it is gone. */
  async repair(event: string): Promise<void> {
    this.repairing ??= this.repairNow(event).finally(() => {
      this.repairing = undefined;
    });
    await this.repairing;
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    channel.on('return', (message) => {
      const flight = this.flights.get(String(message.properties.correlationId));
      if (flight) flight.isReturned = true;
    });
    await this.declare();
    this.unroutableAt = 0;
  }

  /** A queue with other arguments exists all the same, so its service refuses to start and publishing goes on. */
  private async declare(): Promise<void> {
    try {
      await assertTopology(this.options.topology, (use) => this.link.withChannel(use));
    } catch (error) {
      if (!(error instanceof TopologyDifference)) throw error;
      this.options.log.warn(
        { differences: error.differences },
        'queues on the broker differ from what this build declares',
      );
    }
  }

  private async repairNow(event: string): Promise<void> {
    this.options.log.error(
      { event },
      'an event that has a subscriber was returned: declaring all queues and bindings again',
    );
    try {
      await this.declare();
      this.unroutableAt = 0;
    } catch (error) {
      this.options.log.warn({ err: error }, 'the queues could not be declared yet');
    }
  }

  /** Sends what waits, as far as the window allows; nothing is sent into a blocked connection. */
  private pump(): void {
    const channel = this.link.current;
    while (channel && !this.link.isBlocked && this.sent < this.options.window && this.queue.length > 0) {
      const key = this.queue.shift() as string;
      const flight = this.flights.get(key);
      if (flight) this.send(channel, key, flight);
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
      channel.publish(to ? '' : this.options.topology.exchange, to?.queue ?? type, body, options, (error: unknown) =>
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
      this.unroutableAt = Date.now();
      flight.settle(new PublishUnroutable('was returned: no queue is bound to it', id, type));
    } else if (/nack/.test((error as Error).message)) {
      flight.settle(new PublishNacked('was nacked by the broker', id, type));
    } else {
      flight.settle(new PublishChannelLost('was sent, but the channel closed before its confirm', id, type));
    }
  }

  private expire(): void {
    const now = Date.now();
    for (const flight of this.flights.values()) {
      if (flight.expires > now) break;
      const { id, type } = flight.publication;
      flight.settle(
        this.link.isBlocked
          ? new PublishBlocked('was not confirmed: the broker has blocked publishers', id, type)
          : new PublishTimedOut(`was not confirmed within ${this.options.publishDeadline} ms`, id, type),
      );
    }
    this.pump();
    if (this.flights.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private lose(reason: string): void {
    this.queue.length = 0;
    for (const flight of [...this.flights.values()]) {
      const { id, type } = flight.publication;
      flight.settle(new PublishChannelLost(`lost its channel: ${reason}`, id, type));
    }
  }
}
