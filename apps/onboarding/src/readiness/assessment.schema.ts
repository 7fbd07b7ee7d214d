import type { ReadinessBand, ReadinessDimension } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** One assessment of a cooperative, as it was answered then. Never changed. */
@Schema({ collection: 'readiness_assessments', versionKey: false })
export class Assessment {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  /** 0 for T0, 1 for T1 … */
  @Prop({ type: Number, required: true }) moment!: number;
  @Prop({ type: String, required: true }) rubric!: string;
  /** In the order of the rubric's questions. */
  @Prop({ type: [{ _id: false, question: String, answer: Number }] }) answers!: { question: string; answer: number }[];
  @Prop({ type: [{ _id: false, dimension: String, score: Number, band: String }] })
  scores!: { dimension: ReadinessDimension; score: number; band: ReadinessBand }[];
  @Prop({ type: String, required: true }) source!: 'self' | 'officer';
  @Prop({ type: Date, required: true }) assessedAt!: Date;
}

export const AssessmentSchema = SchemaFactory.createForClass(Assessment);
AssessmentSchema.index(
  { cooperativeId: 1, moment: 1 },
  { unique: true, name: 'one_assessment_per_cooperative_and_moment' },
);
