import { CooperativeVerifiedV1, CooperativeWithdrawnV1, WebsiteCameUpV1, WebsiteWentDownV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Clock, newId } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { WebhookDelivery, WebhookEndpoint, type WebhookType } from '../partners/webhook.schema';

const TYPES: Readonly<Record<string, WebhookType>> = {
  [CooperativeVerifiedV1.event]: 'cooperative.verified',
  [CooperativeWithdrawnV1.event]: 'cooperative.withdrawn',
  [WebsiteCameUpV1.event]: 'website.came_up',
  [WebsiteWentDownV1.event]: 'website.went_down',
};

/** Writes down, for each endpoint that listens, what it is to be told: public facts of the organisation, nobody's name. */
@EventConsumer('tell-partners')
export class TellPartnersConsumer {
  constructor(
    @InjectModel(WebhookEndpoint.name) private readonly endpoints: Model<WebhookEndpoint>,
    @InjectModel(WebhookDelivery.name) private readonly deliveries: Model<WebhookDelivery>,
    private readonly clock: Clock,
  ) {}

  @OnEvent(CooperativeVerifiedV1, CooperativeWithdrawnV1, WebsiteCameUpV1, WebsiteWentDownV1)
  async on(fact: CooperativeVerifiedV1, { id, type: name, time, session }: EventContext): Promise<void> {
    const type = TYPES[name];
    if (!type) return;
    const { cooperativeId, type: cooperativeType, form, regionCode, effectiveOn } = fact;
    const data = { cooperativeId, type: cooperativeType, form, regionCode, effectiveOn };
    const body = JSON.stringify({ type, timestamp: time.toISOString(), data });
    const at = this.clock.now();
    const listening = await this.endpoints.find({ types: type }).session(session).lean<WebhookEndpoint[]>();
    const those = { endpointId: { $in: listening.map(({ _id }) => _id) }, eventId: id };
    const told = await this.deliveries.find(those, { endpointId: 1 }).session(session).lean<WebhookDelivery[]>();
    const heard = new Set(told.map(({ endpointId }) => endpointId));
    const rows = listening
      .filter(({ _id }) => !heard.has(_id))
      .map(({ _id: endpointId, partnerId, state }) => ({
        _id: newId(),
        ...{ endpointId, partnerId, eventId: id, type, body, createdAt: at, nextAt: at },
        state: state === 'active' ? 'pending' : 'held',
      }));
    if (rows.length > 0) await this.deliveries.insertMany(rows, { session });
  }
}
