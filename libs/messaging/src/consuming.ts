import { Inject, Injectable } from '@nestjs/common';
import { Config, Health, Log, Mongo } from '@idxcoop/platform';
import { Builds } from './builds';
import { ConsumerCalls } from './calls';
import { MessagingCollections } from './collections';
import type { BrokerLink } from './connection';
import { ConsumerRegistry } from './consumer-registry';
import { Dispatcher } from './dispatcher';
import { Intake } from './intake';
import { LossAlarm } from './loss-alarm';
import { Management } from './management';
import { MessagingMetrics } from './metrics';
import { MESSAGING_OPTIONS, type MessagingOptions } from './options';
import { Publisher } from './publisher';
import { Retries } from './retries';
import { RetryLoop } from './retry-loop';
import { Slots } from './slots';
import { StoreGate } from './store-gate';
import type { Consuming } from './strategy';
import { Sweep } from './sweep';
import { assertTopology, deadQueueOf, TopologyDifference, topologyOf } from './topology';
import { differencesOf, refusing } from './topology-check';

const DAY = 86_400_000;
/** A redrive a week after the last attempt must still be recognised. */
const REDRIVE_WITHIN = 7 * DAY;

/** What a process with the role `events` does: it consumes, calls again, and sweeps the outbox. */
@Injectable()
export class EventConsuming implements Consuming {
  readonly registry: ConsumerRegistry;
  private readonly intake: Intake;
  private readonly retryLoop: RetryLoop;
  private isRunning = false;

  constructor(
    private readonly config: Config,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    mongo: Mongo,
    private readonly collections: MessagingCollections,
    private readonly publisher: Publisher,
    private readonly sweep: Sweep,
    health: Health,
    metrics: MessagingMetrics,
    alarm: LossAlarm,
    private readonly log: Log,
  ) {
    const { service, concurrency, crashLimit, batchWait, claimFor } = options;
    this.registry = new ConsumerRegistry(service);
    const { registry } = this;
    const calls = new ConsumerCalls(service, mongo, collections, metrics);
    const gate = new StoreGate(
      () => mongo.check(),
      log,
      (isThere) => void this.intake.storeChanged(isThere),
    );
    const retries = new Retries(
      () => collections.retries,
      config.retryTiers,
      claimFor,
      ({ consumer, reason, type }) => {
        metrics.dead(consumer, reason);
        log.error({ consumer, reason, event: type }, 'a message is dead');
      },
    );
    const builds = new Builds(
      () => collections.builds,
      () => registry.listened,
      log,
    );
    const slots = new Slots(concurrency);
    const dispatcher = new Dispatcher({ service, crashLimit, batchWait, registry, calls, retries, gate, slots });
    const parts = { dispatcher, retries, gate, log };
    this.intake = new Intake({
      ...parts,
      url: config.rabbitmqUrl,
      name: `${service} consumes`,
      queue: service,
      prefetch: options.prefetch,
      drainDeadline: options.drainDeadline,
      prepare: (link) => this.prepare(link),
      hasHistory: async () => (await collections.inbox.findOne({})) !== null,
      alarm,
    });
    this.retryLoop = new RetryLoop({ ...parts, service, interval: options.retryInterval, registry, builds, calls });
    health.require('rabbitmq', ['events'], () => publisher.check());
    health.require('consumers', ['events'], () => this.intake.check());
    metrics.watch('queue_depth', 'Messages that wait in the queue of the service', () => this.intake.depth);
    metrics.watch('queue_age_seconds', 'Time that the message taken last had waited', () => this.intake.age);
    metrics.watch(
      'outbox_oldest_pending_seconds',
      'Age of the oldest event that is not confirmed',
      () => sweep.oldestPending,
    );
    metrics.watch('publishes_unconfirmed', 'Publishes that wait for their confirm', () => publisher.unconfirmed);
  }

  /** Refuses when the handlers are not what the map says, or the queues not what this build declares. */
  async start(): Promise<void> {
    this.registry.check(this.options.subscriptions);
    this.checkRetention();
    await this.collections.ready();
    this.publisher.start();
    await this.intake.start();
    this.isRunning = true;
    this.retryLoop.start();
    this.sweep.start();
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.isRunning = false;
    await Promise.all([this.intake.stop(), this.retryLoop.stop(), this.sweep.stop()]);
  }

  /** The inbox must know an event for as long as it may come back: after all tiers, from a late redrive, from a replay. */
  private checkRetention(): void {
    const { inboxDays, outboxDays } = this.options;
    const tiers = this.config.retryTiers.reduce((sum, tier) => sum + tier, 0);
    if (inboxDays * DAY <= tiers + REDRIVE_WITHIN) {
      throw new Error(`The inbox is kept ${inboxDays} days, which is less than all retries and a redrive a week later`);
    }
    if (inboxDays <= outboxDays)
      throw new Error(`The inbox is kept ${inboxDays} days: less than the ${outboxDays} that can be replayed`);
  }

  private async prepare(link: BrokerLink): Promise<void> {
    const { service, subscriptions, exchange, contracts } = this.options;
    const topology = topologyOf(subscriptions, exchange, [service]);
    const own = {
      exchange,
      queues: topology.queues.filter(({ name }) => name === service || name === deadQueueOf(service)),
    };
    await assertTopology(own, (use) => link.withChannel(use));
    const { rabbitmqManagementUrl, rabbitmqUrl } = this.config;
    if (!rabbitmqManagementUrl) {
      this.log.warn(
        {},
        'RABBITMQ_MANAGEMENT_URL is not set: policies and bindings of the queues are not checked, only their arguments',
      );
      return;
    }
    const differences = await this.readBack(() =>
      differencesOf(own, new Management(rabbitmqManagementUrl, rabbitmqUrl)),
    );
    const refused = refusing(differences, new Set(contracts.map(({ event }) => event)));
    if (refused.length > 0) throw new TopologyDifference(refused.map(({ text }) => text));
    if (differences.length > 0) this.log.warn({ differences }, 'bindings of a newer build are on the broker');
  }

  private async readBack<T>(read: () => Promise<T[]>): Promise<T[]> {
    try {
      return await read();
    } catch (error) {
      this.log.warn({ err: error }, 'the management API of RabbitMQ does not answer: the queues could not be compared');
      return [];
    }
  }
}
