import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

export type ClaimState = 'unverified' | 'in_review' | 'approved' | 'rejected';

/** Somebody says to speak for a cooperative that is there already. The person stands in `people` under the claim's id. */
@Schema({ collection: 'claims', versionKey: false })
export class Claim {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, default: 'unverified' }) state!: ClaimState;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Date }) decidedAt?: Date;
}

export type ClaimDocument = HydratedDocument<Claim>;
export const ClaimSchema = SchemaFactory.createForClass(Claim);
ClaimSchema.index({ cooperativeId: 1 });
ClaimSchema.index({ state: 1, createdAt: 1 });
