import {
  Cipher,
  Clock,
  Job,
  type JobHandler,
  Mongo,
  Outbound,
  type OutboundAnswer,
  OutboundError,
  type Wakeup,
} from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DISABLED_AFTER_MS, sign, waitAfter } from '../partners/webhook-rules';
import { WebhookDelivery, WebhookEndpoint } from '../partners/webhook.schema';

const LEASE_MS = 60_000;
const TIMEOUT_MS = 15_000;

/** Sends one delivery whose time has come, and keeps what became of it. A receiver knows a repetition by its `webhook-id`. */
@Job({ queue: 'onboarding-deliver-webhooks', concurrency: 20 })
export class DeliverWebhooksJob implements JobHandler<{ deliveryId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(WebhookDelivery.name) private readonly deliveries: Model<WebhookDelivery>,
    @InjectModel(WebhookEndpoint.name) private readonly endpoints: Model<WebhookEndpoint>,
    private readonly outbound: Outbound,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  async process({ deliveryId }: { deliveryId: string }): Promise<void> {
    const now = this.clock.now();
    const lease = { $set: { leaseUntil: new Date(Date.now() + LEASE_MS) } };
    const found = await this.deliveries.findOneAndUpdate({ _id: deliveryId, ...waiting(now) }, lease).lean();
    if (!found) return;
    const endpoint = await this.endpoints.findById(found.endpointId).lean<WebhookEndpoint>();
    if (endpoint?.state !== 'active') {
      await this.deliveries.updateOne({ _id: found._id }, { $set: { state: 'held', leaseUntil: null } });
      return;
    }
    await this.settle(found, await this.send(endpoint, found, now));
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ deliveryId: string }>[]> {
    const rows = await this.deliveries.find(waiting(now), { _id: 1 }).limit(limit).lean<WebhookDelivery[]>();
    return rows.map(({ _id }) => ({ id: `${_id}-webhook`, data: { deliveryId: _id } }));
  }

  private async send(endpoint: WebhookEndpoint, { _id, body }: WebhookDelivery, now: Date) {
    const { secret, formerSecret, formerUntil } = endpoint;
    const holds = [secret, ...(formerSecret && formerUntil && formerUntil > now ? [formerSecret] : [])];
    // The machine's time: the receiver compares it with its own.
    const seconds = Math.floor(Date.now() / 1_000);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': _id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': sign(
        holds.map((text) => this.cipher.decrypt(text)),
        _id,
        seconds,
        body,
      ),
    };
    try {
      const options = { method: 'POST', https: 'refuse', timeoutMs: TIMEOUT_MS, maxBytes: 1_024 } as const;
      return await this.outbound.request(endpoint.url, { ...options, headers, body });
    } catch (error) {
      if (error instanceof OutboundError) return error;
      throw error;
    }
  }

  private settle(sent: WebhookDelivery, outcome: OutboundAnswer | OutboundError): Promise<void> {
    const at = this.clock.now();
    const attempts = sent.attempts + 1;
    const isFault = outcome instanceof OutboundError;
    const isTaken = !isFault && outcome.status >= 200 && outcome.status < 300;
    const isGone = !isFault && outcome.status === 410;
    const wait = isTaken || isGone ? null : waitAfter(attempts);
    const attempt = { at, ...(isFault ? { error: outcome.code } : { status: outcome.status }) };
    const state = isTaken ? 'delivered' : wait === null ? 'failed' : 'pending';
    const nextAt = new Date(at.getTime() + Math.max(wait ?? 0, isFault ? 0 : retryAfter(outcome)));
    return this.mongo.transaction(async (session) => {
      await this.deliveries.updateOne(
        { _id: sent._id },
        { $set: { state, attempts, nextAt, leaseUntil: null }, $push: { log: { $each: [attempt], $slice: -20 } } },
        { session },
      );
      const endpoint = await this.endpoints.findById(sent.endpointId).session(session);
      if (!endpoint) return;
      const since = isTaken ? null : (endpoint.failingSince ?? at);
      const isLost = isGone || (since !== null && at.getTime() - since.getTime() >= DISABLED_AFTER_MS);
      if (!isLost && endpoint.failingSince?.getTime() === since?.getTime()) return;
      endpoint.set({ failingSince: since, ...(isLost && { state: 'disabled', reason: isGone ? 'gone' : 'failing' }) });
      await endpoint.save({ session });
    });
  }
}

function waiting(now: Date) {
  const free = [{ leaseUntil: null }, { leaseUntil: { $lt: new Date() } }];
  return { state: 'pending' as const, nextAt: { $lte: now }, $or: free };
}

/** What a receiver asks for, a day at most. */
function retryAfter({ headers }: OutboundAnswer): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) * 1_000 : 0;
}
