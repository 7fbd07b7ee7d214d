/** A queue as the broker has it. */
export interface BrokerQueue {
  name: string;
  durable: boolean;
  arguments: Record<string, unknown>;
  policy?: string | null;
  effective_policy_definition?: Record<string, unknown> | null;
  messages?: number;
  messages_ready?: number;
  messages_unacknowledged?: number;
  consumers?: number;
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

  async queue(name: string): Promise<BrokerQueue | undefined> {
    return this.get(`/queues/${this.vhost}/${encodeURIComponent(name)}`);
  }

  async queues(): Promise<BrokerQueue[]> {
    return (await this.get<BrokerQueue[]>(`/queues/${this.vhost}`)) ?? [];
  }

  /** The bindings of a queue to an exchange. */
  async bindings(exchange: string, queue: string): Promise<BrokerBinding[]> {
    const path = `/bindings/${this.vhost}/e/${encodeURIComponent(exchange)}/q/${encodeURIComponent(queue)}`;
    return (await this.get<BrokerBinding[]>(path)) ?? [];
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
