import { type CallerIdentity, unauthenticated } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Sessions } from '../sessions/sessions';
import type { RevokeDto } from './keep-sessions.dto';

/** What somebody may do with their own sessions. */
@Injectable()
export class KeepSessionsHandler {
  constructor(private readonly sessions: Sessions) {}

  async list({ subject, sessionId }: CallerIdentity) {
    const items = (await this.sessions.live(subject)).map(({ _id, createdAt, lastUsedAt, expiresAt }) => ({
      id: _id,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: _id === sessionId,
    }));
    return { items, nextCursor: null };
  }

  /** A refresh token ends its own session, whoever shows it; anything else asks who wants it. Ending what has ended is no error. */
  async revoke({ refreshToken, sessionId, all }: RevokeDto, caller?: CallerIdentity): Promise<{ revoked: number }> {
    if (refreshToken) {
      const id = await this.sessions.idOf(refreshToken);
      return { revoked: id ? await this.sessions.end({ _id: id }, 'signed_out') : 0 };
    }
    if (!caller) throw unauthenticated();
    const own = { subjectId: caller.subject };
    if (all) return { revoked: await this.sessions.end(own, 'revoked') };
    const id = sessionId ?? caller.sessionId;
    return { revoked: id ? await this.sessions.end({ ...own, _id: id }, 'revoked') : 0 };
  }
}
