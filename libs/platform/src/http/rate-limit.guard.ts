import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AccessRequest } from '../auth/access';
import { Config } from '../config';
import { RateLimits } from './rate-limits';

const RATE_LIMITS = 'idxcoop:rate-limits';

export interface RateLimitOptions {
  name: string;
  points: number | ((config: Config) => number);
  seconds: number;
  /** Whom the limit is for: an address, a caller, or what the request says; nothing means that it is not counted. */
  by: 'ip' | 'caller' | ((request: AccessRequest) => string | undefined);
}

/** Limits how often a route is used. */
export const RateLimit = (...limits: RateLimitOptions[]) => SetMetadata(RATE_LIMITS, limits);

/** Counts requests against the limits of their route, after the access rule and before anything else. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Config) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<AccessRequest>();
    for (const { name, points, seconds, by } of this.reflector.get<RateLimitOptions[]>(
      RATE_LIMITS,
      context.getHandler(),
    ) ?? []) {
      const key = keyOf(request, by);
      if (key === undefined) continue;
      await this.limits.take(name, key, {
        points: typeof points === 'function' ? points(this.config) : points,
        seconds,
      });
    }
    return true;
  }
}

function keyOf(request: AccessRequest, by: RateLimitOptions['by']): string | undefined {
  if (by === 'ip') return request.ip ?? 'unknown';
  if (by === 'caller') return request.caller?.subject ?? request.ip ?? 'unknown';
  return by(request);
}
