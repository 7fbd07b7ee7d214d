import type { CooperativeType, ReadinessDimension } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** The gaps that the last assessment of a cooperative found; the aggregate of what is recommended to it. */
@Schema({ collection: 'cooperative_gaps', versionKey: false })
export class CooperativeGaps {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  /** Counts the events of these gaps. */
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  /** Of the fact that said it. */
  @Prop({ type: Number, required: true }) assessed!: number;
  @Prop({ type: String, required: true }) type!: CooperativeType;
  @Prop({ type: [String] }) gaps!: ReadinessDimension[];
}

export const CooperativeGapsSchema = SchemaFactory.createForClass(CooperativeGaps);
CooperativeGapsSchema.index({ cooperativeId: 1 }, { unique: true, name: 'one_list_of_gaps_per_cooperative' });
