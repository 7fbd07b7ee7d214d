import { Config, REDIS } from '@idxcoop/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** Between two looks at websites of one host. */
const APART_MS = 2_000;

const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%d', at + ARGV[1]), 'PX', string.format('%d', at + ARGV[1] - now))
return at - now`;

/** Who may ask a host when, over all processes: many cooperatives live with one provider, which must not take us for an attack. */
@Injectable()
export class HostTurns {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: Config,
  ) {}

  /** Reserves the next turn at a host; milliseconds until then. */
  async take(host: string): Promise<number> {
    const key = `${this.config.dbPrefix}:onboarding:host-turn:${host.toLowerCase()}`;
    return Number(await this.redis.eval(TAKE, 1, key, APART_MS));
  }
}
