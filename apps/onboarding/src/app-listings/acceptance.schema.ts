import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

/** A cooperative took up an offer; the partner confirms that it uses the application. */
@Schema({ collection: 'offer_acceptances', versionKey: false })
export class Acceptance {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) listingId!: string;
  @Prop({ type: String, required: true }) offerId!: string;
  @Prop({ type: String, required: true }) partnerId!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: Date, required: true }) acceptedAt!: Date;
  @Prop({ type: Date }) confirmedAt?: Date;
}

export type AcceptanceDocument = HydratedDocument<Acceptance>;
export const AcceptanceSchema = SchemaFactory.createForClass(Acceptance);
AcceptanceSchema.index(
  { cooperativeId: 1, offerId: 1 },
  { name: 'one_acceptance_per_cooperative_and_offer', unique: true },
);
AcceptanceSchema.index({ partnerId: 1, _id: 1 });
