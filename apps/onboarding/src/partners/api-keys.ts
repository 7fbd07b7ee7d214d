import { type ApiKeyReader, Clock, type PartnerIdentity } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { createHash, randomBytes } from 'node:crypto';
import { ApiKey } from './partner.schema';

const MARK = 'idxk_';
/** Last use is told to the quarter of an hour: not each call is worth a write. */
const TOLD_EVERY_MS = 900_000;

/** A key as its holder gets it, once. */
export function newApiKey(): { key: string; prefix: string; hash: string } {
  const key = `${MARK}${randomBytes(32).toString('base64url')}`;
  return { key, prefix: key.slice(0, MARK.length + 6), hash: hashOf(key) };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Knows whose a key is, as long as it holds. */
@Injectable()
export class ApiKeys implements ApiKeyReader {
  constructor(
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async read(key: string): Promise<PartnerIdentity | null> {
    if (!key.startsWith(MARK)) return null;
    const now = this.clock.now();
    const holds = { hash: hashOf(key), revokedAt: null, expiresAt: { $gt: now } };
    const found = await this.keys.findOne(holds).lean<ApiKey>();
    if (!found) return null;
    if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > TOLD_EVERY_MS)
      await this.keys.updateOne({ _id: found._id }, { $set: { lastUsedAt: now } });
    return { partnerId: found.partnerId, keyId: found._id, scopes: found.scopes };
  }
}
