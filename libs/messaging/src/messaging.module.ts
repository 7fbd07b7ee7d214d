import { type DynamicModule, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import { Config, EVENT_TRANSPORT, type EventTransport, Log } from '@idxcoop/platform';
import { MessagingCollections } from './collections';
import { EventConsuming } from './consuming';
import { LossAlarm } from './loss-alarm';
import { MessagingMetrics } from './metrics';
import { MESSAGING_OPTIONS, type MessagingOptions, messagingOptions } from './options';
import { Outbox } from './outbox';
import { Publisher } from './publisher';
import { Relay } from './relay';
import { EventStrategy } from './strategy';
import { Sweep } from './sweep';
import { topologyOf } from './topology';

function publisherOf(
  options: MessagingOptions,
  config: Config,
  log: Log,
  alarm: LossAlarm,
  collections: MessagingCollections,
): Publisher {
  const { service, subscriptions, exchange, window, publishDeadline } = options;
  const topology = topologyOf(subscriptions, exchange, [service]);
  const vanished = (queue: string): void => {
    alarm.raise(queue);
    alarm.settled(queue);
  };
  return new Publisher({
    url: config.rabbitmqUrl,
    name: `${service} publishes`,
    log,
    topology,
    window,
    publishDeadline,
    onMissing: (queue, isFirstLook) => {
      if (!isFirstLook) return vanished(queue);
      // A broker that lost its data looks like a new one; that this service has published into the queue tells them apart.
      const events = topology.queues.find(({ name }) => name === queue)?.events ?? [];
      collections.hasPublished(events).then(
        (known) => known && vanished(queue),
        (error: unknown) => log.warn({ err: error, queue }, 'whether the queue is new could not be told'),
      );
    },
  });
}

/** In every role: the broker is looked for, without holding up the start. */
@Injectable()
class Preparation implements OnModuleInit {
  constructor(private readonly publisher: Publisher) {}

  onModuleInit(): void {
    this.publisher.start();
  }
}

/** Events of a service: gives `Outbox` to its features, and its consumers what they listen to. */
@Module({})
export class MessagingModule {
  static forService(service: ServiceName, overrides: Partial<MessagingOptions> = {}): DynamicModule {
    const options = messagingOptions(service, overrides);
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: options },
        MessagingMetrics,
        LossAlarm,
        MessagingCollections,
        {
          provide: Publisher,
          inject: [Config, Log, LossAlarm, MessagingCollections],
          useFactory: (config: Config, log: Log, alarm: LossAlarm, collections: MessagingCollections) =>
            publisherOf(options, config, log, alarm, collections),
        },
        Relay,
        Outbox,
        Sweep,
        EventConsuming,
        Preparation,
        {
          provide: EVENT_TRANSPORT,
          inject: [EventConsuming],
          useFactory: (consuming: EventConsuming): EventTransport => ({
            strategy: new EventStrategy(service, consuming.registry, consuming),
          }),
        },
      ],
      exports: [Outbox, Relay, Publisher, MessagingCollections, MESSAGING_OPTIONS, EVENT_TRANSPORT],
    };
  }
}
