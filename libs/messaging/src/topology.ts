import { type ServiceName, serviceOf, type SubscriptionMap } from '@idxcoop/contracts';
import type { Channel } from 'amqplib';

/** A queue as this build declares it. */
export interface QueueDeclaration {
  name: string;
  arguments: Readonly<Record<string, string | number>>;
  /** Events that it is bound to, on the exchange of events. */
  events: readonly string[];
}

/** Everything that this build declares on the broker. */
export interface Topology {
  exchange: string;
  queues: readonly QueueDeclaration[];
}

/** The queue that catches what the delivery limit of a service's queue throws out. */
export function deadQueueOf(queue: string): string {
  return `${queue}.dead`;
}

/** The queues of all services of the map: nothing is published before its reader exists. */
export function topologyOf(
  subscriptions: SubscriptionMap,
  exchange: string,
  always: readonly ServiceName[] = [],
): Topology {
  const events = new Map<string, Set<string>>(always.map((service) => [service, new Set()]));
  for (const [consumer, contracts] of Object.entries(subscriptions)) {
    const service = serviceOf(consumer);
    const of = events.get(service) ?? new Set();
    for (const contract of contracts) of.add(contract.event);
    events.set(service, of);
  }
  return {
    exchange,
    queues: [...events].flatMap(([service, bound]): QueueDeclaration[] => [
      {
        name: service,
        arguments: {
          'x-queue-type': 'quorum',
          'x-delivery-limit': 1000,
          'x-dead-letter-exchange': '',
          'x-dead-letter-routing-key': deadQueueOf(service),
          'x-dead-letter-strategy': 'at-least-once',
          'x-overflow': 'reject-publish',
        },
        events: [...bound].sort(),
      },
      { name: deadQueueOf(service), arguments: { 'x-queue-type': 'quorum' }, events: [] },
    ]),
  };
}

/** The queue is there, but not as this build declares it. */
export class TopologyDifference extends Error {
  constructor(readonly differences: readonly string[]) {
    super(`The broker is not what this build declares:\n${differences.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'TopologyDifference';
  }
}

export type WithChannel = <T>(use: (channel: Channel) => Promise<T>) => Promise<T>;

/** Asks without declaring; the broker closes the channel of a question about nothing. */
export async function queueExists(queue: string, withChannel: WithChannel): Promise<boolean> {
  try {
    await withChannel((channel) => channel.checkQueue(queue));
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 404) return false;
    throw error;
  }
}

/**
 * Declares the exchange, the queues and their bindings. What exists with other arguments is refused by the broker, which
 * closes the channel: so each declaration takes a channel of its own.
 */
export async function assertTopology(
  topology: Topology,
  withChannel: WithChannel,
  /** Told of a queue that was not there. */
  onMissing?: (queue: string) => void,
): Promise<void> {
  const differences: string[] = [];
  const attempt = async (declare: (channel: Channel) => Promise<void>): Promise<void> => {
    try {
      await withChannel(declare);
    } catch (error) {
      if ((error as { code?: number }).code !== 406) throw error;
      differences.push((error as Error).message.replace(/^.*PRECONDITION_FAILED - /, ''));
    }
  };
  await attempt(async (channel) => {
    await channel.assertExchange(topology.exchange, 'topic', { durable: true });
  });
  if (differences.length > 0) throw new TopologyDifference(differences);
  // The dead queues first: a queue must not be able to throw something out before its dead queue is there.
  for (const queue of [...topology.queues].reverse()) {
    if (onMissing && !(await queueExists(queue.name, withChannel))) onMissing(queue.name);
    await attempt(async (channel) => {
      await channel.assertQueue(queue.name, { durable: true, arguments: queue.arguments });
    });
  }
  await withChannel(async (channel) => {
    for (const queue of topology.queues) {
      for (const event of queue.events) await channel.bindQueue(queue.name, topology.exchange, event);
    }
  });
  if (differences.length > 0) throw new TopologyDifference(differences);
}
