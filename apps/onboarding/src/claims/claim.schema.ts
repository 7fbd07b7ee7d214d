import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

export type ClaimState = 'unverified' | 'in_review' | 'approved' | 'rejected';

/** Why somebody else speaks for a cooperative. */
export const HAND_OVER_REASONS = [
  'board_changed',
  'contact_left',
  'contact_unreachable',
  'contact_deceased',
  'other',
] as const;
export type HandOverReason = (typeof HAND_OVER_REASONS)[number];

/** Who named the new contact of a cooperative, and why. The note never leaves this service. */
export interface HandOver {
  begunBy: 'contact' | 'officer';
  by: string;
  reason: HandOverReason;
  note?: string;
}

/** Somebody says to speak for a cooperative that is there already. The person stands in `people` under the claim's id. */
@Schema({ collection: 'claims', versionKey: false })
export class Claim {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  /** Set where they were named by whoever speaks for it, or by its office: then nobody decides any more. */
  @Prop({ type: { _id: false, begunBy: String, by: String, reason: String, note: String } }) handOver?: HandOver;
  @Prop({ type: String, default: 'unverified' }) state!: ClaimState;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Date }) decidedAt?: Date;
}

export type ClaimDocument = HydratedDocument<Claim>;
export const ClaimSchema = SchemaFactory.createForClass(Claim);
ClaimSchema.index({ cooperativeId: 1 });
ClaimSchema.index({ state: 1, createdAt: 1 });
