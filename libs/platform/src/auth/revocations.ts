import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Config } from '../config';

/** The longest life of an access token that belongs to a session; after it a mark has nothing left to refuse. */
export const ACCESS_TOKEN_SECONDS = 600;

/**
 * Sessions that ended while access tokens of theirs are still out. A mark in Redis, for every service: the truth is the session in
 * onboarding, so while Redis is away, or wiped, a token lives on for its ten minutes at most and is never renewed.
 */
@Injectable()
export class Revocations {
  constructor(
    private readonly redis: Redis,
    private readonly config: Config,
  ) {}

  /** Ends the access tokens of sessions; says nothing where Redis is away. */
  async mark(sessionIds: readonly string[]): Promise<void> {
    const marks = sessionIds.map((id) => this.redis.set(this.keyOf(id), '1', 'EX', ACCESS_TOKEN_SECONDS + 60));
    await Promise.allSettled(marks);
  }

  async has(sessionId: string): Promise<boolean> {
    return (await this.redis.exists(this.keyOf(sessionId)).catch(() => 0)) === 1;
  }

  private keyOf(sessionId: string): string {
    return `${this.config.dbPrefix}:ended-session:${sessionId}`;
  }
}
