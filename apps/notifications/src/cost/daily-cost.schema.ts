import type { Channel } from '@idxcoop/contracts';
import type { Priced } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { TemplateKey } from '../message/message.schema';

/** What a template cost on a day in Jakarta. A provider charges for what arrived; what is on its way may still arrive. */
@Schema({ collection: 'daily_costs', versionKey: false })
export class DailyCost {
  /** Day, channel and template. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) day!: string;
  @Prop({ type: String, required: true }) channel!: Channel;
  @Prop({ type: String, required: true }) category!: Priced | 'email';
  @Prop({ type: String, required: true }) template!: TemplateKey;
  @Prop({ type: Number, default: 0 }) sent!: number;
  @Prop({ type: Number, default: 0 }) delivered!: number;
  /** Of what was sent. */
  @Prop({ type: Number, default: 0 }) failed!: number;
  /** For what arrived. */
  @Prop({ type: Number, default: 0 }) rupiah!: number;
  /** For what was sent and has not failed. */
  @Prop({ type: Number, default: 0 }) committed!: number;
}

export const DailyCostSchema = SchemaFactory.createForClass(DailyCost);
DailyCostSchema.index({ day: 1, channel: 1 }, { name: 'of_day' });
