/** A queue as the broker has it. */
export interface BrokerQueue {
  name: string;
  durable: boolean;
  arguments: Record<string, unknown>;
  messages_ready?: number;
  messages_unacknowledged?: number;
}

/** A policy of the virtual host; an operator's comes on top of a user's. */
export interface BrokerPolicy {
  name: string;
  pattern: string;
  'apply-to': string;
  priority: number;
  definition: Record<string, unknown>;
}

export interface BrokerBinding {
  source: string;
  routing_key: string;
  properties_key: string;
}

const TIMEOUT = 5_000;

/** RabbitMQ's management API, for one virtual host. */
export class Management {
  private readonly base: string;
  private readonly authorization: string;
  private readonly vhost: string;

  /** The virtual host is that of the AMQP address. */
  constructor(managementUrl: string, amqpUrl: string) {
    const url = new URL(managementUrl);
    const user = decodeURIComponent(url.username || 'guest');
    const password = decodeURIComponent(url.password || 'guest');
    this.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    this.base = `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}/api`;
    const path = new URL(amqpUrl).pathname.slice(1);
    this.vhost = encodeURIComponent(path === '' ? '/' : decodeURIComponent(path));
  }

  async exchange(name: string): Promise<{ type: string; durable: boolean } | undefined> {
    return this.get(`/exchanges/${this.vhost}/${encodeURIComponent(name)}`);
  }

  /** All queues, as they are now: what the statistics say is some seconds old. */
  async queues(): Promise<BrokerQueue[]> {
    return (await this.get<BrokerQueue[]>(`/queues/${this.vhost}?disable_stats=true&enable_queue_totals=true`)) ?? [];
  }

  /** The policies that are in force on a queue: at most one of a user and one of an operator. */
  async policiesOf(queue: string): Promise<BrokerPolicy[]> {
    const kinds = await Promise.all(
      ['policies', 'operator-policies'].map((kind) => this.get<BrokerPolicy[]>(`/${kind}/${this.vhost}`)),
    );
    return kinds.flatMap((policies) => {
      const [first] = (policies ?? [])
        .filter((policy) => isAbout(policy, queue))
        .sort((a, b) => b.priority - a.priority);
      return first ? [first] : [];
    });
  }

  /** How many consume from each queue. */
  async consumers(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { queue } of (await this.get<{ queue: { name: string } }[]>(`/consumers/${this.vhost}`)) ?? []) {
      counts.set(queue.name, (counts.get(queue.name) ?? 0) + 1);
    }
    return counts;
  }

  /** The bindings of a queue to an exchange. */
  async bindings(exchange: string, queue: string): Promise<BrokerBinding[]> {
    const path = `/bindings/${this.vhost}/e/${encodeURIComponent(exchange)}/q/${encodeURIComponent(queue)}`;
    return (await this.get<BrokerBinding[]>(path)) ?? [];
  }

  /** The names of all queues that are bound to an exchange. */
  async bindingsFrom(exchange: string): Promise<string[]> {
    const path = `/exchanges/${this.vhost}/${encodeURIComponent(exchange)}/bindings/source`;
    const bindings = (await this.get<{ destination: string; destination_type: string }[]>(path)) ?? [];
    return bindings.filter(({ destination_type: type }) => type === 'queue').map(({ destination }) => destination);
  }

  private async get<T>(path: string): Promise<T | undefined> {
    const response = await fetch(this.base + path, {
      headers: { authorization: this.authorization },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`RabbitMQ's management API answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  }
}

function isAbout(policy: BrokerPolicy, queue: string): boolean {
  return ['all', 'queues', 'quorum_queues'].includes(policy['apply-to']) && new RegExp(policy.pattern).test(queue);
}
