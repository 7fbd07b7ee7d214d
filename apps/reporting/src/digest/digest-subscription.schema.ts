import { DIGEST_PERIODS, type DigestPeriod } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What a digest said, to be compared with by the next one. */
export interface DigestSaid {
  asOf: string;
  actual: number;
  status: string;
}

/** A digest of a target that an official gets. Who that is, and where they are reached, stays in onboarding. */
@Schema({ collection: 'digest_subscriptions', versionKey: false, id: false })
export class DigestSubscription {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) officialId!: string;
  @Prop({ type: String, required: true }) targetKey!: string;
  @Prop({ type: String, enum: DIGEST_PERIODS, required: true }) period!: DigestPeriod;
  @Prop({ type: String, required: true }) orderedFor!: string;
  /** The zone of its target. */
  @Prop({ type: String, required: true }) timeZone!: string;
  /** Nothing is sent while the figure and the status stay the same. */
  @Prop({ type: Boolean, required: true }) skipIfUnchanged!: boolean;
  /** When the next one is put together. */
  @Prop({ type: Date, required: true }) nextAt!: Date;
  @Prop({ type: { asOf: String, actual: Number, status: String }, _id: false }) said?: DigestSaid;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Number, required: true }) sequence!: number;
}

export const DigestSubscriptionSchema = SchemaFactory.createForClass(DigestSubscription);
DigestSubscriptionSchema.index(
  { officialId: 1, targetKey: 1, period: 1 },
  { unique: true, name: 'one_digest_per_official_target_and_period' },
);
DigestSubscriptionSchema.index({ nextAt: 1 });

export function digestView(subscription: DigestSubscription) {
  const {
    _id: id,
    officialId,
    targetKey,
    period,
    orderedFor,
    timeZone,
    skipIfUnchanged,
    nextAt,
    said,
    createdAt,
  } = subscription;
  return {
    id,
    officialId,
    target: targetKey,
    period,
    orderedFor,
    timeZone,
    skipIfUnchanged,
    nextAt: nextAt.toISOString(),
    lastAsOf: said?.asOf ?? null,
    createdAt: createdAt.toISOString(),
  };
}
