import type { ConfirmChannel } from 'amqplib';
import type { Log } from '@idxcoop/platform';
import { BrokerLink, confirmChannel } from './connection';
import { Flights, type Publication } from './flights';
import { PublishChannelLost } from './publish-errors';
import { assertTopology, type Topology, TopologyDifference } from './topology';

export interface PublisherOptions {
  url: string;
  name: string;
  log: Log;
  topology: Topology;
  window: number;
  publishDeadline: number;
  /** Told of a queue that is not there: at the first look it may never have been. */
  onMissing?: (queue: string, isFirstLook: boolean) => void;
}

/**
 * Publishes with confirms on a connection of its own. A publish resolves only when the broker confirmed it and did not
 * return it; otherwise it rejects with an error that says what happened, within the deadline.
 */
export class Publisher {
  private readonly link: BrokerLink<ConfirmChannel>;
  private readonly flights: Flights;
  /** A return for an event that has a subscriber means that a queue or binding is missing. */
  private isUnroutable = false;
  private repairing: Promise<void> | undefined;
  private hasDeclared = false;

  constructor(private readonly options: PublisherOptions) {
    const { url, name, log, topology, window, publishDeadline } = options;
    this.flights = new Flights({
      exchange: topology.exchange,
      window,
      publishDeadline,
      channel: () => (this.link.isBlocked ? undefined : this.link.current),
      isBlocked: () => this.link.isBlocked,
      onUnroutable: (event) => {
        // Another build's event may have no queue here yet; one of ours has.
        if (topology.queues.some(({ events }) => events.includes(event))) this.isUnroutable = true;
      },
    });
    this.link = new BrokerLink<ConfirmChannel>({
      url,
      name,
      log,
      createChannel: confirmChannel,
      setUp: (channel) => this.setUp(channel),
      onLost: (reason) => this.flights.lose(reason),
    });
  }

  /** Begins to connect, and goes on until `close`. */
  start(): void {
    this.link.start();
  }

  get isReady(): boolean {
    return this.link.current !== undefined && !this.link.isBlocked && !this.isUnroutable;
  }

  /** Throws what keeps publishes from being confirmed. */
  check(): void {
    if (!this.link.current) throw new Error('publishing: no channel to RabbitMQ');
    if (this.link.isBlocked) throw new Error('publishing: RabbitMQ has blocked publishers');
    if (this.isUnroutable) throw new Error('publishing: an event that has a subscriber was returned');
  }

  /** Publishes that wait for their confirm. */
  get unconfirmed(): number {
    return this.flights.size;
  }

  /** Resolves when there is a channel. */
  async usable(): Promise<void> {
    await this.link.opened();
  }

  /** Resolves when the broker has the event in a queue. Rejects with a `PublishError`. */
  async publish(publication: Publication): Promise<void> {
    if (!this.link.current) {
      throw new PublishChannelLost('was not sent: there is no channel', publication.id, publication.type);
    }
    await this.flights.start(publication);
  }

  /** Declares everything again: a returned event with a subscriber shows that something of it is gone. */
  async repair(event: string): Promise<void> {
    this.repairing ??= this.repairNow(event).finally(() => {
      this.repairing = undefined;
    });
    await this.repairing;
  }

  /** Waits for what is under way, up to a deadline, and closes the connection. */
  async close(deadline = this.options.publishDeadline): Promise<void> {
    const until = Date.now() + deadline;
    while (this.flights.size > 0 && this.link.current && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await this.link.close();
    this.flights.lose('the publisher was closed');
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    channel.on('return', (message) => this.flights.returned(String(message.properties.correlationId)));
    await this.declare();
    this.isUnroutable = false;
  }

  /** A queue with other arguments exists all the same, so its service refuses to start and publishing goes on. */
  private async declare(): Promise<void> {
    try {
      const isFirstLook = !this.hasDeclared;
      await assertTopology(
        this.options.topology,
        (use) => this.link.withChannel(use),
        (queue) => this.options.onMissing?.(queue, isFirstLook),
      );
    } catch (error) {
      if (!(error instanceof TopologyDifference)) throw error;
      this.options.log.warn(
        { differences: error.differences },
        'queues on the broker differ from what this build declares',
      );
    }
    this.hasDeclared = true;
  }

  private async repairNow(event: string): Promise<void> {
    this.options.log.error(
      { event },
      'an event that has a subscriber was returned: declaring all queues and bindings again',
    );
    try {
      await this.declare();
      this.isUnroutable = false;
    } catch (error) {
      this.options.log.warn({ err: error }, 'the queues could not be declared yet');
    }
  }
}
