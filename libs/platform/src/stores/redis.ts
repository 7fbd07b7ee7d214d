import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import type { Config } from '../config';
import type { Log } from '../log';

/** The injection token of the ioredis client: requests on it fail at once while Redis is away. */
export const REDIS = Symbol('REDIS');

/** Where Redis is away, closing is not to wait for it. */
const disconnectTimeout = 100;

const reconnect = (attempt: number): number => Math.min(50 * 2 ** attempt, 2_000);

/** For what a request waits for: no queue of commands, and an answer (or an error) within half a second. */
export function createRedis(config: Config, log: Log): Redis {
  return observed(
    new Redis(config.redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
      connectTimeout: 2_000,
      disconnectTimeout,
      retryStrategy: reconnect,
    }),
    log,
  );
}

/** For BullMQ, whose workers wait for ever. */
export function bullConnection(config: Config, log: Log, options: RedisOptions = {}): Redis {
  return observed(
    new Redis(config.redisUrl, {
      maxRetriesPerRequest: null,
      connectTimeout: 2_000,
      disconnectTimeout,
      retryStrategy: reconnect,
      ...options,
    }),
    log,
  );
}

/** One line when Redis goes and one when it comes back, instead of one for each attempt. */
function observed(redis: Redis, log: Log): Redis {
  let away = false;
  redis.on('error', (error) => {
    if (!away) log.warn({ err: error }, 'Redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info({}, 'Redis is back');
    away = false;
  });
  return redis;
}

/** Ends the connection when everything that used it has stopped. */
@Injectable()
export class RedisCloser implements OnApplicationShutdown {
  constructor(private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
