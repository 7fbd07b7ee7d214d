import {
  EVENTS,
  type EventContract,
  SERVICES,
  type ServiceName,
  serviceOf,
  SUBSCRIPTIONS,
  type SubscriptionMap,
} from '@idxcoop/contracts';
import { type Config, databaseName } from '@idxcoop/platform';
import { mongo } from 'mongoose';
import type { InboxRow, LeaseRow, OutboxRow, RetryRow } from '../collections';
import { Management } from '../management';
import { type Topology, topologyOf } from '../topology';

/** The command was given something that does not exist or does not fit. */
export class WrongUsage extends Error {}

export interface InstallationOptions {
  subscriptions?: SubscriptionMap;
  contracts?: readonly EventContract[];
  exchange?: string;
}

/** The stores of a whole installation, for the commands of operations: they look into every service's messaging, nothing else. */
export class Installation {
  readonly subscriptions: SubscriptionMap;
  readonly contracts: readonly EventContract[];
  readonly topology: Topology;
  private client: Promise<mongo.MongoClient> | undefined;

  constructor(
    readonly config: Config,
    options: InstallationOptions = {},
  ) {
    this.subscriptions = options.subscriptions ?? SUBSCRIPTIONS;
    this.contracts = options.contracts ?? EVENTS;
    this.topology = topologyOf(this.subscriptions, options.exchange ?? 'idxcoop.events');
  }

  get services(): readonly ServiceName[] {
    return SERVICES;
  }

  async outbox(service: ServiceName): Promise<mongo.Collection<OutboxRow>> {
    return (await this.database(service)).collection<OutboxRow>('outbox');
  }

  async inbox(service: ServiceName): Promise<mongo.Collection<InboxRow>> {
    return (await this.database(service)).collection<InboxRow>('inbox');
  }

  async retries(service: ServiceName): Promise<mongo.Collection<RetryRow>> {
    return (await this.database(service)).collection<RetryRow>('retries');
  }

  async leases(service: ServiceName): Promise<mongo.Collection<LeaseRow>> {
    return (await this.database(service)).collection<LeaseRow>('leases');
  }

  /** The management API; commands that need it say so where it is not configured. */
  get management(): Management {
    const { rabbitmqManagementUrl, rabbitmqUrl } = this.config;
    if (!rabbitmqManagementUrl)
      throw new WrongUsage('RABBITMQ_MANAGEMENT_URL is not set: without it the broker cannot be read back');
    return new Management(rabbitmqManagementUrl, rabbitmqUrl);
  }

  /** The contracts that a consumer listens to. */
  contractsOf(consumer: string): readonly EventContract[] {
    const contracts = this.subscriptions[consumer];
    if (!contracts) {
      throw new WrongUsage(
        `There is no consumer ${consumer}; there are: ${Object.keys(this.subscriptions).join(', ')}`,
      );
    }
    return contracts;
  }

  /** The services whose rows a filter is about: one of them, that of a consumer, or all. */
  servicesOf(about: { service?: string; consumer?: string }): ServiceName[] {
    const name = about.service ?? (about.consumer?.includes('.') ? serviceOf(about.consumer) : about.consumer);
    if (name === undefined) return [...SERVICES];
    const service = SERVICES.find((one) => one === name);
    if (!service) throw new WrongUsage(`There is no service ${name}; there are: ${SERVICES.join(', ')}`);
    return [service];
  }

  async close(): Promise<void> {
    await (await this.client)?.close();
  }

  private async database(service: ServiceName): Promise<mongo.Db> {
    const { mongodbUri, mongodbTimeout, dbPrefix } = this.config;
    this.client ??= new mongo.MongoClient(mongodbUri, { serverSelectionTimeoutMS: mongodbTimeout }).connect();
    return (await this.client).db(databaseName(dbPrefix, service));
  }
}
