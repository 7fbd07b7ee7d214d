import type { ServiceName } from '@idxcoop/contracts';
import { deadQueueOf } from '../topology';
import type { Installation } from './installation';

const EVER = 99_999_999_999;

export interface OutboxStatus {
  service: ServiceName;
  pending: number;
  /** When the oldest event that is not confirmed was recorded. */
  oldestPendingAt: Date | null;
  oldestPendingSeconds: number;
  /** Until when a process holds the lease of the sweep; null when none does. */
  sweptUntil: Date | null;
}

/** What of each service's events is not confirmed yet. */
export async function outboxStatus(
  installation: Installation,
  about: { service?: string } = {},
): Promise<OutboxStatus[]> {
  const status: OutboxStatus[] = [];
  for (const service of installation.servicesOf(about)) {
    const outbox = await installation.outbox(service);
    const slots = (await outbox.distinct('pendingSlot', { pendingSlot: { $gte: 0, $lte: EVER } })) as number[];
    const pending = slots.length === 0 ? 0 : await outbox.countDocuments({ pendingSlot: { $gte: 0, $lte: EVER } });
    const first =
      slots.length === 0
        ? null
        : await outbox.findOne({ pendingSlot: Math.min(...slots) }, { projection: { recordedAt: 1 } });
    const lease = await (await installation.leases(service)).findOne({ _id: 'outbox-sweep' });
    status.push({
      service,
      pending,
      oldestPendingAt: first?.recordedAt ?? null,
      oldestPendingSeconds: first ? Math.round((Date.now() - first.recordedAt.getTime()) / 1000) : 0,
      sweptUntil: lease && lease.until > new Date() ? lease.until : null,
    });
  }
  return status;
}

export interface QueueStatus {
  queue: string;
  isThere: boolean;
  ready: number;
  unacknowledged: number;
  consumers: number;
  /** Of `retries`: between two attempts, and dead; only for the queue of a service. */
  waiting?: number;
  dead?: number;
}

/** The queues of the map, and what of each service waits or is dead. */
export async function queueStatus(installation: Installation): Promise<QueueStatus[]> {
  const { management } = installation;
  const services = new Set<string>(installation.services);
  const status: QueueStatus[] = [];
  const queues = new Map((await management.queues()).map((queue) => [queue.name, queue]));
  const consumers = await management.consumers();
  for (const { name } of installation.topology.queues) {
    const queue = queues.get(name);
    status.push({
      queue: name,
      isThere: queue !== undefined,
      ready: queue?.messages_ready ?? 0,
      unacknowledged: queue?.messages_unacknowledged ?? 0,
      consumers: consumers.get(name) ?? 0,
      ...(services.has(name) && (await counts(installation, name as ServiceName))),
    });
  }
  return status.sort((a, b) => order(a.queue).localeCompare(order(b.queue)));
}

async function counts(installation: Installation, service: ServiceName): Promise<{ waiting: number; dead: number }> {
  const retries = await installation.retries(service);
  return {
    waiting: await retries.countDocuments({ state: 'waiting' }),
    dead: await retries.countDocuments({ state: 'dead' }),
  };
}

/** A queue, then its dead queue. */
function order(queue: string): string {
  return queue.endsWith(deadQueueOf('')) ? `${queue.slice(0, -deadQueueOf('').length)}~` : queue;
}
