import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { CauseDetails } from '../message/message.schema';
import type { WorkflowKey } from '../workflow/workflows';

/** An item that waits for the others of its week, and the event that named it. */
export interface GatheredItem {
  itemId: string;
  event: string;
}

/**
 * A long process about one subject. `run` is the event that began it as it now runs: a moved due day begins it anew, and the
 * causes of its messages are `<run>/<step>`, so that each step is told once. It outlives its end: `sequence` keeps late facts out.
 */
@Schema({ collection: 'courses', versionKey: false })
export class Course {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) workflow!: WorkflowKey;
  /** What it is about: a requirement or a cooperative. */
  @Prop({ type: String, required: true }) subject!: string;
  /** Of the newest fact about the subject. */
  @Prop({ type: Number, required: true }) sequence!: number;
  @Prop({ type: String, required: true }) state!: 'running' | 'done' | 'stopped';

  @Prop({ type: String }) run?: string;
  @Prop({ type: String }) cooperativeId?: string;
  @Prop({ type: String }) regionCode?: string;
  @Prop({ type: String }) timeZone?: string;
  /** The civil day that the steps are counted from. */
  @Prop({ type: String }) anchor?: string;
  @Prop({ type: Date }) startedAt?: Date;
  @Prop({ type: Object, default: {} }) details!: CauseDetails;

  /** The next step, and when it is to be looked at; no time where nothing is left. */
  @Prop({ type: Number, default: 0 }) step!: number;
  @Prop({ type: Date }) nextAt?: Date;

  @Prop({ type: [Object], default: undefined }) gathered?: GatheredItem[];
  /** Items that the cooperative was told of, the newest last. */
  @Prop({ type: [String], default: undefined }) told?: string[];
}

export type CourseDocument = HydratedDocument<Course>;
export const CourseSchema = SchemaFactory.createForClass(Course);
CourseSchema.index({ workflow: 1, subject: 1 }, { unique: true, name: 'one_course_per_workflow_and_subject' });
CourseSchema.index({ nextAt: 1 }, { name: 'due', sparse: true });
