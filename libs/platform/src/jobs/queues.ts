import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Config } from '../config';
import type { Log } from '../log';
import { bullConnection } from '../stores/redis';
import { within } from '../within';

/** What a BullMQ job carries: the data of the wake-up and the trace that caused it. */
export interface Payload {
  data: object;
  traceparent?: string;
}

/** The queues of a service, made when they are first used, on one connection. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly queues = new Map<string, Queue<Payload>>();
  private connection: Redis | undefined;

  constructor(
    private readonly config: Config,
    private readonly log: Log,
  ) {}

  get(name: string): Queue<Payload> {
    const known = this.queues.get(name);
    if (known) return known;
    this.connection ??= bullConnection(this.config, this.log, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    const queue = new Queue<Payload>(name, {
      connection: this.connection,
      prefix: this.config.dbPrefix,
      // A kept job would hold its id, and the next wake-up of the same document would be ignored.
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
    });
    // Said once by the connection; a queue repeats it for each command.
    queue.on('error', () => {});
    this.queues.set(name, queue);
    return queue;
  }

  /** Those that were used in this process. */
  known(): Queue<Payload>[] {
    return [...this.queues.values()];
  }

  async onApplicationShutdown(): Promise<void> {
    // Closing waits for Redis, which may be away.
    await within(1_000, Promise.allSettled(this.known().map((queue) => queue.close()))).catch(() => {});
    this.connection?.disconnect();
  }
}
