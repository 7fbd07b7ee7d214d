import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** An indicator whose values are reported to us, not counted here. */
@Schema({ collection: 'indicators', versionKey: false })
export class Indicator {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) key!: string;
  @Prop({ type: Number, required: true }) version!: number;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) definition!: string;
  @Prop({ type: String }) formula?: string;
  @Prop({ type: String, required: true }) unit!: string;
  @Prop({ type: String, required: true }) source!: string;
  /** How often a value is due, in days. */
  @Prop({ type: Number }) periodDays?: number;
  /** Sources from the most to the least trusted. */
  @Prop({ type: [String], default: undefined }) sourcePriority?: string[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
}

export const IndicatorSchema = SchemaFactory.createForClass(Indicator);
IndicatorSchema.index({ key: 1, version: 1 }, { unique: true, name: 'one_definition_per_version' });

/** A value that a source reported for a day. Never changed: a later one of the same source corrects it. */
@Schema({ collection: 'observations', versionKey: false })
export class Observation {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) indicator!: string;
  @Prop({ type: String, required: true }) date!: string;
  @Prop({ type: Number, required: true }) value!: number;
  @Prop({ type: String, required: true }) source!: string;
  @Prop({ type: Date, required: true }) knownAt!: Date;
  @Prop({ type: Date, required: true }) recordedAt!: Date;
}

export const ObservationSchema = SchemaFactory.createForClass(Observation);
ObservationSchema.index({ indicator: 1, date: 1 });
