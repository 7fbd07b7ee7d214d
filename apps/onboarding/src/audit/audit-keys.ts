import { Cipher, Clock, isDuplicate } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { createHmac, randomBytes } from 'node:crypto';
import type { ClientSession, Model } from 'mongoose';
import { AuditKey } from './audit.schema';

/** The keys of people's digests. They are read and made outside of transactions: a key that nobody used harms nobody. */
@Injectable()
export class AuditKeys {
  constructor(
    @InjectModel(AuditKey.name) private readonly keys: Model<AuditKey>,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  /** How a value of this person is recognised again; undefined once the person was erased. */
  async digester(personId: string): Promise<((name: string, value: unknown) => string) | undefined> {
    const { key } = (await this.keys.findById(personId).lean<AuditKey>()) ?? (await this.make(personId));
    if (!key) return undefined;
    const secret = Buffer.from(this.cipher.decrypt(key), 'base64');
    return (name, value) =>
      createHmac('sha256', secret)
        .update(`${name}\0${JSON.stringify(value) ?? ''}`)
        .digest('hex')
        .slice(0, 32);
  }

  /** From here on no digest about this person tells anything, and none is made. */
  async destroy(personId: string, session: ClientSession): Promise<void> {
    const gone = { $set: { destroyedAt: this.clock.now() }, $unset: { key: 1 as const } };
    await this.keys.updateOne({ _id: personId }, gone, { session, upsert: true });
  }

  private async make(personId: string): Promise<Pick<AuditKey, 'key'>> {
    const key = this.cipher.encrypt(randomBytes(32).toString('base64'));
    try {
      await this.keys.create({ _id: personId, key });
      return { key };
    } catch (error) {
      // Somebody else was first, perhaps the erasure.
      if (!isDuplicate(error)) throw error;
      return (await this.keys.findById(personId).lean<AuditKey>()) ?? {};
    }
  }
}
