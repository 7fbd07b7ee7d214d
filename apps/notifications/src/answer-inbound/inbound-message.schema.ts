import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Word } from './word';

/** The queue of `AnswerInboundJob`. */
export const INBOUND_QUEUE = 'notifications-answer-inbound';

/**
 * What a person wrote to us. Number and text stand here encrypted, since the answer needs the one and the word the other: the
 * text goes when it has been read, the rest after a week. Their profile name is never taken in.
 */
@Schema({ collection: 'inbound_messages', versionKey: false })
export class InboundMessage {
  @Prop({ type: String, required: true }) _id!: string;
  /** Keyed hash of the provider's id, which holds the number: the same message twice is one. */
  @Prop({ type: String, required: true }) providerIdHash!: string;
  @Prop({ type: String, required: true }) phone!: string;
  @Prop({ type: String, required: true }) phoneHash!: string;
  @Prop({ type: String }) text?: string;
  /** By the provider's clock: free answers are allowed for 24 hours from here. */
  @Prop({ type: Date, required: true }) sentAt!: Date;
  @Prop({ type: Date, required: true }) receivedAt!: Date;
  @Prop({ type: String }) word?: Word;
  /** Absent once it has been handled. */
  @Prop({ type: Date }) dueAt?: Date;
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

export const InboundMessageSchema = SchemaFactory.createForClass(InboundMessage);
InboundMessageSchema.index({ providerIdHash: 1 }, { unique: true, name: 'one_inbound_per_provider_id' });
InboundMessageSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });
InboundMessageSchema.index({ forgetAt: 1 }, { name: 'forgotten_after_a_week', expireAfterSeconds: 0 });
