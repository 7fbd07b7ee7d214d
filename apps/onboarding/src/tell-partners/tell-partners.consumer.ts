import {
  CooperativeVerifiedV1,
  CooperativeWithdrawnV1,
  OfferAcceptedV1,
  WebsiteCameUpV1,
  WebsiteWentDownV1,
} from '@idxcoop/contracts';
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
  [OfferAcceptedV1.event]: 'offer.accepted',
};

/** Writes down, for each endpoint that listens, what it is to be told: public facts of the organisation, nobody's name. */
@EventConsumer('tell-partners')
export class TellPartnersConsumer {
  constructor(
    @InjectModel(WebhookEndpoint.name) private readonly endpoints: Model<WebhookEndpoint>,
    @InjectModel(WebhookDelivery.name) private readonly deliveries: Model<WebhookDelivery>,
    private readonly clock: Clock,
  ) {}

  @OnEvent(CooperativeVerifiedV1, CooperativeWithdrawnV1, WebsiteCameUpV1, WebsiteWentDownV1, OfferAcceptedV1)
  async on(
    fact: CooperativeVerifiedV1 | OfferAcceptedV1,
    { id, type: name, time, session }: EventContext,
  ): Promise<void> {
    const type = TYPES[name];
    if (!type) return;
    const data = told(fact);
    const body = JSON.stringify({ type, timestamp: time.toISOString(), data });
    const at = this.clock.now();
    // An accepted offer concerns the partner that made it, and nobody else.
    const only = 'partnerId' in fact ? { partnerId: fact.partnerId } : {};
    const listening = await this.endpoints
      .find({ types: type, ...only })
      .session(session)
      .lean<WebhookEndpoint[]>();
    const those = { endpointId: { $in: listening.map(({ _id }) => _id) }, eventId: id };
    const earlier = await this.deliveries.find(those, { endpointId: 1 }).session(session).lean<WebhookDelivery[]>();
    const heard = new Set(earlier.map(({ endpointId }) => endpointId));
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

function told(fact: CooperativeVerifiedV1 | OfferAcceptedV1): object {
  const { cooperativeId, effectiveOn } = fact;
  if ('partnerId' in fact) {
    const { acceptanceId, listingId, offerId } = fact;
    return { acceptanceId, listingId, offerId, cooperativeId, effectiveOn };
  }
  const { type, form, regionCode } = fact;
  return { cooperativeId, type, form, regionCode, effectiveOn };
}
