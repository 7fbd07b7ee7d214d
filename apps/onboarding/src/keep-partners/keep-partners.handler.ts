import { type CallerIdentity, Clock, decodeCursor, newId, notFound, page, type PageQuery } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { newApiKey } from '../partners/api-keys';
import { ApiKey, Partner } from '../partners/partner.schema';
import type { NewApiKeyDto, NewPartnerDto } from './keep-partners.dto';

const DAY_MS = 86_400_000;

/** Partners, and the keys of their programmes. */
@Injectable()
export class KeepPartnersHandler {
  constructor(
    @InjectModel(Partner.name) private readonly partners: Model<Partner>,
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async add({ name, website }: NewPartnerDto) {
    const partner = { _id: newId(), name, website, createdAt: this.clock.now() };
    await this.partners.create(partner);
    return viewPartner(partner);
  }

  async list({ limit, cursor }: PageQuery) {
    const after = decodeCursor<{ id: string }>(cursor);
    const rows = await this.partners
      .find(after ? { _id: { $gt: String(after.id) } } : {})
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<Partner[]>();
    return page(rows, limit, (last) => ({ id: last._id }), viewPartner);
  }

  /** The key itself is in this answer and nowhere else, ever. */
  async addKey(partnerId: string, { label, scopes, days = 365 }: NewApiKeyDto, caller: CallerIdentity) {
    if (!(await this.partners.exists({ _id: partnerId }))) throw notFound();
    const { key, prefix, hash } = newApiKey();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
    const about = { partnerId, label, scopes, prefix, createdAt, createdBy: caller.subject, expiresAt };
    const row = { _id: newId(), hash, ...about };
    await this.keys.create(row);
    return { ...viewKey(row), key };
  }

  async listKeys(partnerId: string) {
    const rows = await this.keys.find({ partnerId }).sort({ _id: 1 }).limit(200).lean<ApiKey[]>();
    return { items: rows.map(viewKey), nextCursor: null };
  }

  async revoke(partnerId: string, keyId: string): Promise<void> {
    const key = await this.keys.findOne({ _id: keyId, partnerId });
    if (!key) throw notFound();
    key.revokedAt ??= this.clock.now();
    await key.save();
  }
}

function viewPartner({ _id, name, website, createdAt }: Partner) {
  return { id: _id, name, website, createdAt: createdAt.toISOString() };
}

function viewKey({ _id, label, scopes, prefix, createdAt, expiresAt, lastUsedAt, revokedAt }: ApiKey) {
  return {
    id: _id,
    label,
    scopes: [...scopes],
    prefix,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
