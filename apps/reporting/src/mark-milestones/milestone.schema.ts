import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A share of a target that was published as reached; a correction withdraws it, and it is not published twice. */
@Schema({ collection: 'milestones', versionKey: false })
export class MilestoneMark {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) targetKey!: string;
  @Prop({ type: Number, required: true }) planVersion!: number;
  @Prop({ type: Number, required: true }) percent!: number;
  @Prop({ type: String, required: true }) state!: 'reached' | 'withdrawn';
  @Prop({ type: String, required: true }) reachedOn!: string;
  @Prop({ type: Number, required: true }) sequence!: number;
}

export const MilestoneMarkSchema = SchemaFactory.createForClass(MilestoneMark);
MilestoneMarkSchema.index(
  { targetKey: 1, planVersion: 1, percent: 1 },
  { unique: true, name: 'one_fact_per_target_plan_and_percent' },
);
