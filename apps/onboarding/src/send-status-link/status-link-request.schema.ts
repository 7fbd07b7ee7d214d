import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const STATUS_LINK_QUEUE = 'onboarding-send-status-link';

/** Somebody asked for a new status link. The addresses stand here as keyed hashes only, known or not, and go when it is done. */
@Schema({ collection: 'status_link_requests', versionKey: false })
export class StatusLinkRequest {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: [String], required: true }) addressHashes!: string[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
}
export const StatusLinkRequestSchema = SchemaFactory.createForClass(StatusLinkRequest);
// Whoever waited a day for it has asked again.
StatusLinkRequestSchema.index({ createdAt: 1 }, { expireAfterSeconds: 86_400 });

/** The wake-up of a request. */
export function statusLinkWakeup({ _id }: Pick<StatusLinkRequest, '_id'>) {
  return { id: `${_id}-status-link`, data: { requestId: _id } };
}
