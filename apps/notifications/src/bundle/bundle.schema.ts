import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { TemplateKey } from '../message/message.schema';

/** A step of a long process that is told together with others. */
export interface BundleEntry {
  course: string;
  cause: string;
  cooperativeId?: string;
}

/**
 * What an official is told of one requirement on one morning in one message, of however many cooperatives. Whoever makes it plans
 * that message; others join until it is written, which closes it.
 */
@Schema({ collection: 'bundles', versionKey: false })
export class Bundle {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) recipientId!: string;
  @Prop({ type: String, required: true }) template!: TemplateKey;
  @Prop({ type: String, required: true }) requirement!: string;
  @Prop({ type: Date, required: true }) morning!: Date;
  @Prop({ type: [Object], required: true }) entries!: BundleEntry[];
  @Prop({ type: Date }) closedAt?: Date;
}

export const ONE_BUNDLE = 'one_bundle_per_official_template_requirement_and_morning';

export const BundleSchema = SchemaFactory.createForClass(Bundle);
BundleSchema.index({ recipientId: 1, template: 1, requirement: 1, morning: 1 }, { unique: true, name: ONE_BUNDLE });
BundleSchema.index({ 'entries.cause': 1 }, { name: 'of_cause' });
BundleSchema.index({ 'entries.cooperativeId': 1 }, { name: 'of_cooperative' });
BundleSchema.index({ morning: 1 }, { name: 'of_morning' });
