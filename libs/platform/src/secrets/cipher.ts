import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Transform } from 'node:stream';
import { opening, sealing } from './sealed-stream';

/** AES-256-GCM for the few texts that must be held and must not be readable in the database. */
@Injectable()
export class Cipher {
  private readonly key: Buffer;

  constructor(keyInBase64: string) {
    this.key = Buffer.from(keyInBase64, 'base64');
  }

  encrypt(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Encrypts a stream of bytes as it passes. */
  sealing(): Transform {
    return sealing(this.key);
  }

  /** Decrypts one; it fails where the bytes were changed. */
  opening(): Transform {
    return opening(this.key);
  }

  /** Throws where the text was not encrypted under this key, or was changed since. */
  decrypt(text: string): string {
    if (!text.startsWith('v1.')) throw new Error('Not an encrypted text of a known version');
    const bytes = Buffer.from(text.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
}
