import type { Channel, ConsumeMessage } from 'amqplib';
import type { Log } from '@idxcoop/platform';
import { Acks } from './acks';
import { BrokerLink, plainChannel } from './connection';
import { Delivery } from './delivery';
import type { Dispatcher } from './dispatcher';
import { Loop } from './loop';
import type { LossAlarm } from './loss-alarm';
import { PermanentError } from './permanent-error';
import type { Retries } from './retries';
import { Abandoned, type StoreGate } from './store-gate';
import { deadQueueOf, queueExists, TopologyDifference } from './topology';

const DEAD_PREFETCH = 10;
const SAMPLE = 5_000;
/** A delivery that could not even be recorded is given back after this pause. */
const GIVE_BACK_AFTER = 1_000;

export interface IntakeParts {
  url: string;
  name: string;
  queue: string;
  prefetch: number;
  drainDeadline: number;
  /** Declares the queues of this service and compares them with the broker's. */
  prepare: (link: BrokerLink) => Promise<void>;
  /** Whether this service has ever consumed anything. */
  hasHistory: () => Promise<boolean>;
  dispatcher: Dispatcher;
  retries: Retries;
  gate: StoreGate;
  alarm: LossAlarm;
  log: Log;
}

/** Takes deliveries from the queue of a service and acknowledges each when its consumers have acted or left a row. */
export class Intake {
  /** Ready messages of the queue when it was last looked at. */
  depth = 0;
  /** Seconds that the delivery taken last had waited since it was published; 0 when nothing waits. */
  age = 0;
  private readonly link: BrokerLink;
  private readonly sampling: Loop;
  private acks: Acks | undefined;
  private tags: string[] = [];
  private isConsuming = false;
  private isStopping = false;
  private handling = 0;
  private idle: () => void = () => {};

  constructor(private readonly parts: IntakeParts) {
    this.link = new BrokerLink({
      url: parts.url,
      name: parts.name,
      log: parts.log,
      createChannel: plainChannel,
      setUp: (channel) => this.setUp(channel),
      onLost: () => this.lose(),
    });
    this.sampling = new Loop('queue depth', SAMPLE, () => this.sample(), parts.log);
  }

  /** Begins to consume. A broker that is away is waited for in the background; one with other queues refuses the start. */
  async start(): Promise<void> {
    this.link.start();
    const problem = await this.link.firstAttempt();
    if (problem instanceof TopologyDifference) {
      await this.link.close();
      throw problem;
    }
    this.sampling.start();
  }

  /** Throws what keeps this process from consuming. */
  check(): void {
    if (!this.isConsuming) throw new Error(`consuming: nothing is taken from ${this.parts.queue}`);
  }

  /** Stops taking, lets what runs finish up to the deadline, gives the rest back. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.isConsuming = false;
    this.parts.gate.stop();
    await this.sampling.stop();
    await this.cancel();
    if (this.handling > 0) await this.untilIdle();
    this.acks?.end();
    await this.link.close();
  }

  /** MongoDB went away, or came back. */
  async storeChanged(isThere: boolean): Promise<void> {
    const { current: channel } = this.link;
    if (!channel || this.isStopping || !this.acks) return;
    try {
      if (isThere) await this.consume(channel, this.acks);
      else await this.cancel();
    } catch (error) {
      this.parts.log.warn({ err: error }, 'consuming could not be switched, opening another channel');
      await this.link.reopen();
    }
  }

  private async setUp(channel: Channel): Promise<void> {
    const { queue, alarm, gate, prepare, hasHistory } = this.parts;
    const exists = await queueExists(queue, (use) => this.link.withChannel(use));
    if (!exists && (await hasHistory())) alarm.raise(queue);
    await prepare(this.link);
    await gate.opened();
    if (this.isStopping) throw new Abandoned();
    this.acks = new Acks(channel);
    await this.consume(channel, this.acks);
    alarm.settled(queue);
  }

  private async consume(channel: Channel, acks: Acks): Promise<void> {
    const { queue, prefetch } = this.parts;
    const dead = deadQueueOf(queue);
    // A prefetch holds for the consumers that are made after it.
    await channel.prefetch(DEAD_PREFETCH);
    const drain = await channel.consume(dead, (message) =>
      message ? this.take(message, acks, true) : this.cancelled(dead),
    );
    await channel.prefetch(prefetch);
    const main = await channel.consume(queue, (message) =>
      message ? this.take(message, acks, false) : this.cancelled(queue),
    );
    this.tags = [drain.consumerTag, main.consumerTag];
    this.isConsuming = true;
  }

  private async cancel(): Promise<void> {
    const { current: channel } = this.link;
    const tags = this.tags;
    this.tags = [];
    this.isConsuming = false;
    if (!channel) return;
    for (const tag of tags) await channel.cancel(tag).catch(() => {});
  }

  /** The broker cancelled a consumer: its queue was deleted or moved. */
  private cancelled(queue: string): void {
    this.isConsuming = false;
    if (this.isStopping) return;
    this.parts.log.warn({ queue }, 'the broker cancelled a consumer');
    if (queue === this.parts.queue) this.parts.alarm.raise(queue);
    void this.link.reopen();
  }

  private take(message: ConsumeMessage, acks: Acks, isDead: boolean): void {
    acks.take(message);
    const published = Number(message.properties.timestamp ?? 0);
    if (published > 0 && !isDead) this.age = Math.max(0, (Date.now() - published) / 1000);
    this.handling += 1;
    const delivery = new Delivery(message, acks);
    void this.settle(delivery, isDead).finally(() => {
      this.handling -= 1;
      if (this.handling === 0) this.idle();
    });
  }

  private async settle(delivery: Delivery, isDead: boolean): Promise<void> {
    try {
      if (isDead) await this.bury(delivery);
      else await this.parts.dispatcher.handle(delivery);
      delivery.acks.finish(delivery.message);
      if (!isDead) this.parts.alarm.seenUntil(Number(delivery.message.properties.timestamp ?? 0));
    } catch (error) {
      if (error instanceof Abandoned) return;
      this.parts.log.error({ err: error, event: delivery.type }, 'a delivery could not be recorded, giving it back');
      setTimeout(() => delivery.acks.giveBack(delivery.message), GIVE_BACK_AFTER).unref();
    }
  }

  /** What the delivery limit of the queue threw out is kept where the other dead are. */
  private async bury(delivery: Delivery): Promise<void> {
    const { gate, retries, queue: consumer } = this.parts;
    const { eventId, type, kept: body } = delivery;
    const death = delivery.message.properties.headers?.['x-death']?.[0]?.reason ?? 'unknown';
    await gate.through(() =>
      retries.dead(
        { consumer, eventId, type, body },
        'delivery_limit',
        new PermanentError(`thrown out by the broker: ${death}`),
      ),
    );
  }

  private async sample(): Promise<void> {
    if (!this.link.current) return;
    const taken = Date.now();
    const { messageCount } = await this.link.withChannel((channel) => channel.checkQueue(this.parts.queue));
    this.depth = messageCount;
    if (messageCount > 0) return;
    this.parts.alarm.seenUntil(taken);
    if (this.handling === 0) this.age = 0;
  }

  private async untilIdle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => {
        this.idle = resolve;
      }),
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, this.parts.drainDeadline);
      }),
    ]);
    clearTimeout(timer);
  }

  private lose(): void {
    this.isConsuming = false;
    this.tags = [];
    this.acks?.lose();
    this.acks = undefined;
  }
}
