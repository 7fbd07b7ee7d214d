import type { Channel } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** The queue of `SettleStatusJob`. */
export const SETTLE_QUEUE = 'notifications-settle';

/** One status of a message, reduced to what is not personal: Meta's own id is base64 around a phone number. */
export interface ReceivedStatus {
  deliveryId?: string;
  providerIdHash?: string;
  /** `complained`: the person reported the mail as unwanted. */
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'complained';
  at: Date;
  code?: string;
}

/** What one webhook call said; stored before it is answered, handled by a job, forgotten after a week. */
@Schema({ collection: 'status_receipts', versionKey: false })
export class StatusReceipt {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, default: 'whatsapp' }) channel!: Channel;
  @Prop({ type: [Object], required: true }) statuses!: ReceivedStatus[];
  @Prop({ type: Date, required: true }) receivedAt!: Date;
  /** Absent once it has been handled. */
  @Prop({ type: Date }) dueAt?: Date;
  /** Who handles it, until `dueAt`. */
  @Prop({ type: String }) lease?: string;
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

export const StatusReceiptSchema = SchemaFactory.createForClass(StatusReceipt);
StatusReceiptSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });
StatusReceiptSchema.index({ forgetAt: 1 }, { name: 'forgotten_after_a_week', expireAfterSeconds: 0 });
