import type { CooperativeForm, CooperativeType } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What recommendations need of a cooperative; nothing of a person. */
@Schema({ collection: 'known_cooperatives', versionKey: false, id: false })
export class KnownCooperative {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) type!: CooperativeType;
  @Prop({ type: String, required: true }) form!: CooperativeForm;
  @Prop({ type: String, required: true }) provinceCode!: string;
  /** Of the event that said it. */
  @Prop({ type: Number, required: true }) sequence!: number;
}

export const KnownCooperativeSchema = SchemaFactory.createForClass(KnownCooperative);
