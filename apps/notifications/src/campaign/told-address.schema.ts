import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** That an address gets a campaign, by one message of it: the same person may stand in the books of many cooperatives. */
@Schema({ collection: 'told_addresses', versionKey: false })
export class ToldAddress {
  /** Campaign and keyed hash of the address. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) messageId!: string;
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

export const ToldAddressSchema = SchemaFactory.createForClass(ToldAddress);
ToldAddressSchema.index({ forgetAt: 1 }, { name: 'forgotten_after_its_campaign', expireAfterSeconds: 0 });
