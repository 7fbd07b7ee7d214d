import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token was derived from. */
export interface TokenSubject {
  subjectId: string;
  sendNumber: number;
}

/**
 * Codes and tokens that are sent to people, derived under the server's key instead of being stored: the same at each
 * delivery attempt, and nothing to steal from the database.
 */
@Injectable()
export class Derivation {
  constructor(private readonly key: string) {}

  /** Six digits, truncated as in RFC 4226. */
  code(purpose: string, subjectId: string, sendNumber: number): string {
    const mac = this.mac('code', purpose, subjectId, String(sendNumber));
    const offset = (mac.at(-1) as number) & 0x0f;
    const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
    return String(number).padStart(6, '0');
  }

  /** A text for a link: subject, send number and their HMAC, safe in a URL. */
  token(purpose: string, subjectId: string, sendNumber = 1): string {
    const subject = Buffer.from(`${sendNumber}.${subjectId}`).toString('base64url');
    return `${subject}.${this.mac('token', purpose, subjectId, String(sendNumber)).subarray(0, 20).toString('base64url')}`;
  }

  /** What a token names, or null where it is not one that we made for this purpose; takes constant time. */
  readToken(purpose: string, token: string): TokenSubject | null {
    const [subject = '', mac = '', ...rest] = token.split('.');
    const match = /^(\d{1,9})\.(.+)$/s.exec(Buffer.from(subject, 'base64url').toString());
    if (!match || rest.length > 0) return null;
    const found = { sendNumber: Number(match[1]), subjectId: match[2] as string };
    const expected = this.token(purpose, found.subjectId, found.sendNumber);
    return sameText(`${subject}.${mac}`, expected) ? found : null;
  }

  /** A keyed hash in hex: recognises an address again without holding it. */
  hash(purpose: string, value: string): string {
    return this.mac('hash', purpose, value).toString('hex');
  }

  private mac(...parts: string[]): Buffer {
    // Length-prefixed, so that no two lists of parts give the same input.
    const input = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
    return createHmac('sha256', this.key).update(input).digest();
  }
}

/** Compares two texts in constant time. */
export function sameText(a: string, b: string): boolean {
  const left = createHmac('sha256', 'compare').update(a).digest();
  return timingSafeEqual(left, createHmac('sha256', 'compare').update(b).digest());
}
