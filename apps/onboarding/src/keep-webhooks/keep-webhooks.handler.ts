import {
  Cipher,
  Clock,
  decodeCursor,
  fieldError,
  newId,
  notFound,
  Outbound,
  OutboundError,
  page,
  type PartnerIdentity,
  refusal,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { newWebhookSecret } from '../partners/webhook-rules';
import { WebhookDelivery, WebhookEndpoint } from '../partners/webhook.schema';
import type { DeliveriesQuery, NewEndpointDto, ReplayDto } from './keep-webhooks.dto';
import { urlRefused } from './keep-webhooks.templates';

/** So long two secrets sign side by side. */
const OVERLAP_MS = 24 * 3_600_000;

/** The endpoints of a partner, their secrets and what was sent there. */
@Injectable()
export class KeepWebhooksHandler {
  constructor(
    @InjectModel(WebhookEndpoint.name) private readonly endpoints: Model<WebhookEndpoint>,
    @InjectModel(WebhookDelivery.name) private readonly deliveries: Model<WebhookDelivery>,
    private readonly outbound: Outbound,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  async add({ url, types }: NewEndpointDto, { partnerId }: PartnerIdentity) {
    try {
      await this.outbound.mayCall(url, 'refuse');
    } catch (error) {
      if (error instanceof OutboundError) throw refusal([fieldError('/url', error.code, urlRefused)]);
      throw error;
    }
    const secret = newWebhookSecret();
    const row = {
      _id: newId(),
      partnerId,
      url,
      types,
      secret: this.cipher.encrypt(secret),
      createdAt: this.clock.now(),
    };
    const endpoint = await this.endpoints.create(row);
    return { ...viewEndpoint(endpoint), secret };
  }

  async list({ partnerId }: PartnerIdentity) {
    const rows = await this.endpoints.find({ partnerId }).sort({ _id: 1 }).limit(200).lean<WebhookEndpoint[]>();
    return { items: rows.map(viewEndpoint), nextCursor: null };
  }

  async remove(id: string, partner: PartnerIdentity): Promise<void> {
    const endpoint = await this.own(id, partner);
    await endpoint.deleteOne();
  }

  async rotate(id: string, partner: PartnerIdentity) {
    const endpoint = await this.own(id, partner);
    const secret = newWebhookSecret();
    endpoint.set({
      formerSecret: endpoint.secret,
      formerUntil: new Date(this.clock.now().getTime() + OVERLAP_MS),
      secret: this.cipher.encrypt(secret),
    });
    await endpoint.save();
    return { ...viewEndpoint(endpoint), secret };
  }

  /** Mended on the partner's side: what comes from now on is sent again; what was held, by a replay. */
  async enable(id: string, partner: PartnerIdentity) {
    const endpoint = await this.own(id, partner);
    endpoint.set({ state: 'active', reason: null, failingSince: null });
    await endpoint.save();
    return viewEndpoint(endpoint);
  }

  async log(id: string, { limit, cursor, state }: DeliveriesQuery, partner: PartnerIdentity) {
    await this.own(id, partner);
    const after = decodeCursor<{ id: string }>(cursor);
    const rows = await this.deliveries
      .find({ endpointId: id, ...(state && { state }), ...(after && { _id: { $gt: String(after.id) } }) })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<WebhookDelivery[]>();
    return page(rows, limit, (last) => ({ id: last._id }), viewDelivery);
  }

  async replay(id: string, { deliveryIds, from, until }: ReplayDto, partner: PartnerIdentity) {
    await this.own(id, partner);
    if (!deliveryIds && !(from && until)) throw refusal([fieldError('/from', 'required')]);
    const chosen = deliveryIds
      ? { _id: { $in: deliveryIds } }
      : { createdAt: { $gte: new Date(from as string), $lt: new Date(until as string) } };
    const anew = { state: 'pending' as const, attempts: 0, nextAt: this.clock.now() };
    const { modifiedCount } = await this.deliveries.updateMany({ endpointId: id, ...chosen }, { $set: anew });
    return { replayed: modifiedCount };
  }

  private async own(id: string, { partnerId }: PartnerIdentity) {
    const endpoint = await this.endpoints.findOne({ _id: id, partnerId });
    if (!endpoint) throw notFound();
    return endpoint;
  }
}

function viewEndpoint({ _id, url, types, state, reason, failingSince, createdAt }: WebhookEndpoint) {
  return {
    id: _id,
    url,
    types: [...types],
    state,
    reason: reason ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

function viewDelivery({ _id, type, eventId, state, attempts, createdAt, nextAt, log }: WebhookDelivery) {
  return {
    id: _id,
    type,
    eventId,
    state,
    attempts,
    createdAt: createdAt.toISOString(),
    nextAt: state === 'pending' ? nextAt.toISOString() : null,
    log: log.map(({ at, status, error }) => ({ at: at.toISOString(), status: status ?? null, error: error ?? null })),
  };
}
