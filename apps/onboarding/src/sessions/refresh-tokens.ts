import { Derivation, sameText } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';

const MARK = 24;

/**
 * Refresh tokens: the session's id, a secret, and a mark by which we know our own. The first secret of a family is random, each further
 * one follows from the one before under the server's key, so that a lost answer can be given once more without being kept.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly derivation: Derivation) {}

  first(sessionId: string): string {
    return this.seal(sessionId, randomBytes(32).toString('hex'));
  }

  next(token: string): string {
    return this.seal(this.sessionOf(token), this.derivation.hash('refresh-next', token));
  }

  /** What is stored of a token. */
  hash(token: string): string {
    return this.derivation.hash('refresh', token);
  }

  /** The session that a text names, whether or not it is a token of ours. */
  sessionOf(token: string): string {
    return token.split('.', 1)[0] as string;
  }

  /** Whether we made it: an old one says that it is in two hands, a made-up one says nothing. */
  isOurs(token: string): boolean {
    const [id = '', secret = ''] = token.split('.', 2);
    return sameText(token, this.seal(id, secret.slice(0, -MARK)));
  }

  private seal(sessionId: string, secret: string): string {
    const mark = this.derivation.hash('refresh-mark', `${sessionId}.${secret}`).slice(0, MARK);
    return `${sessionId}.${secret}${mark}`;
  }
}
