import { Injectable } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config';
import type { Derivation } from '../secrets/derivation';
import { rateLimited } from './problems.templates';

export interface Limit {
  points: number;
  seconds: number;
}

/** How often somebody may do something: counted in Redis for all processes, in this process while Redis is away. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterRedis>();

  constructor(
    private readonly redis: Redis,
    private readonly derivation: Derivation,
    private readonly config: Config,
    private readonly service: ServiceName,
  ) {}

  /** Takes one point of a limit, or throws 429 with `Retry-After`. Only a keyed hash of the key leaves the process. */
  async take(name: string, key: string, { points, seconds }: Limit): Promise<void> {
    const hashed = this.derivation.hash('rate-limit', key).slice(0, 32);
    try {
      await this.limiter(name, points, seconds).consume(hashed);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const wait = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      throw rateLimited({ headers: { 'Retry-After': String(wait) } });
    }
  }

  private limiter(name: string, points: number, duration: number): RateLimiterRedis {
    const id = `${name}:${points}:${duration}`;
    const known = this.limiters.get(id);
    if (known) return known;
    const keyPrefix = `${this.config.dbPrefix}:${this.service}:limit:${id}`;
    const limiter = new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix,
      points,
      duration,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
    });
    this.limiters.set(id, limiter);
    return limiter;
  }
}
