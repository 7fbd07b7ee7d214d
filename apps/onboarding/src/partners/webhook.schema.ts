import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What partners may listen to. */
export const WEBHOOK_TYPES = [
  'cooperative.verified',
  'cooperative.withdrawn',
  'website.came_up',
  'website.went_down',
  'offer.accepted',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** Where a partner wants to hear of facts. Secrets are encrypted; the former one signs beside the present one until it ends. */
@Schema({ collection: 'webhook_endpoints', versionKey: false })
export class WebhookEndpoint {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) partnerId!: string;
  @Prop({ type: String, required: true }) url!: string;
  @Prop({ type: [String], enum: WEBHOOK_TYPES }) types!: WebhookType[];
  @Prop({ type: String, required: true }) secret!: string;
  @Prop({ type: String }) formerSecret?: string;
  @Prop({ type: Date }) formerUntil?: Date;
  @Prop({ type: String, default: 'active' }) state!: 'active' | 'disabled';
  /** Why it is disabled, as a code. */
  @Prop({ type: String }) reason?: string | null;
  @Prop({ type: Date }) failingSince?: Date | null;
  @Prop({ type: Date, required: true }) createdAt!: Date;
}
export const WebhookEndpointSchema = SchemaFactory.createForClass(WebhookEndpoint);
WebhookEndpointSchema.index({ partnerId: 1 });
WebhookEndpointSchema.index({ types: 1 });

export interface WebhookAttempt {
  at: Date;
  status?: number;
  error?: string;
}

/** One fact for one endpoint, and what became of it. `held`: the endpoint was disabled; a replay sends it. */
@Schema({ collection: 'webhook_deliveries', versionKey: false })
export class WebhookDelivery {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) endpointId!: string;
  @Prop({ type: String, required: true }) partnerId!: string;
  @Prop({ type: String, required: true }) eventId!: string;
  @Prop({ type: String, required: true }) type!: WebhookType;
  /** The very bytes that are signed. */
  @Prop({ type: String, required: true }) body!: string;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: String, default: 'pending' }) state!: 'pending' | 'delivered' | 'failed' | 'held';
  @Prop({ type: Number, default: 0 }) attempts!: number;
  @Prop({ type: Date, required: true }) nextAt!: Date;
  @Prop({ type: Date }) leaseUntil?: Date | null;
  @Prop({ type: [{ _id: false, at: Date, status: Number, error: String }], default: [] }) log!: WebhookAttempt[];
}
export const WebhookDeliverySchema = SchemaFactory.createForClass(WebhookDelivery);
WebhookDeliverySchema.index({ endpointId: 1, eventId: 1 }, { name: 'one_delivery_per_event', unique: true });
WebhookDeliverySchema.index({ endpointId: 1, createdAt: 1 });
WebhookDeliverySchema.index({ state: 1, nextAt: 1 });
WebhookDeliverySchema.index({ createdAt: 1 }, { expireAfterSeconds: 90 * 86_400 });
