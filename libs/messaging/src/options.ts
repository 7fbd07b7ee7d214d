import { EVENTS, type EventContract, type ServiceName, SUBSCRIPTIONS, type SubscriptionMap } from '@idxcoop/contracts';

/** The injection token of the messaging options of a service. */
export const MESSAGING_OPTIONS = Symbol('MESSAGING_OPTIONS');

/** What a service's messaging works with. Everything but the service has a default; tests bring maps and times of their own. */
export interface MessagingOptions {
  service: ServiceName;
  subscriptions: SubscriptionMap;
  /** The events that this build knows, with or without a listener. */
  contracts: readonly EventContract[];
  exchange: string;
  /** Deliveries held unacknowledged at a time. */
  prefetch: number;
  /** Handlers running at a time, in one process. */
  concurrency: number;
  /** Publishes waiting for their confirm at a time. */
  window: number;
  /** A publish without an answer is rejected after this long. */
  publishDeadline: number;
  /** Events that the relay keeps in memory; what is more waits for the sweep. */
  relayMemory: number;
  /** How long a committed event belongs to the process that wrote it; then the sweep may publish it. */
  grace: number;
  sweepInterval: number;
  /** A pending event that no queue takes, and that this build has no listener for, is given up after this long. */
  unheardAfter: number;
  leaseFor: number;
  /** How often due retries are looked for. */
  retryInterval: number;
  /** A retry that is not back by then died with its process; it counts as an attempt. */
  claimFor: number;
  /** A batch consumer waits this long for its batch to fill. */
  batchWait: number;
  /** Handlers get this long to finish at shutdown. */
  drainDeadline: number;
  /** A delivery that came back this often is dead before it kills the next process. */
  crashLimit: number;
  outboxDays: number;
  inboxDays: number;
}

export function messagingOptions(service: ServiceName, overrides: Partial<MessagingOptions> = {}): MessagingOptions {
  return {
    subscriptions: SUBSCRIPTIONS,
    contracts: EVENTS,
    exchange: 'idxcoop.events',
    prefetch: 200,
    concurrency: 16,
    window: 200,
    publishDeadline: 5_000,
    relayMemory: 2_000,
    grace: 5_000,
    sweepInterval: 1_000,
    unheardAfter: 3_600_000,
    leaseFor: 10_000,
    retryInterval: 500,
    claimFor: 60_000,
    batchWait: 10,
    drainDeadline: 10_000,
    crashLimit: 20,
    outboxDays: 30,
    inboxDays: 45,
    ...overrides,
    service,
  };
}
