import { newId } from '@idxcoop/platform';
import { event, TargetSetV1 } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { Plan } from './plan';

/** The queue whose job publishes milestones; folds and changed plans wake it. */
export const MILESTONES_QUEUE = 'reporting-milestones';

/** A number to be reached by a day, with every plan that it ever had. */
@Schema({ collection: 'targets', versionKey: false, id: false })
export class Target {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) key!: string;
  @Prop({ type: { key: String, version: Number }, _id: false, required: true }) indicator!: {
    key: string;
    version: number;
  };
  /** The zone in which its days close. */
  @Prop({ type: String, required: true }) timeZone!: string;
  @Prop({ type: [MongooseSchema.Types.Mixed], required: true }) plans!: Plan[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Number, required: true }) sequence!: number;
  /** Up to what the milestones were looked at; see the job. */
  @Prop({ type: String }) milestonesSeen?: string;
}

export const TargetSchema = SchemaFactory.createForClass(Target);
TargetSchema.index({ key: 1 }, { unique: true, name: 'one_target_per_key' });

/** A new target; its first plan is in force for every day before the second. */
export function newTarget(
  input: {
    key: string;
    indicator: Target['indicator'];
    timeZone: string;
    plan: Omit<Plan, 'version' | 'knownAt' | 'reason'>;
  },
  now: Date,
): Target {
  const { plan, ...rest } = input;
  return {
    _id: newId(),
    ...rest,
    plans: [{ ...plan, version: 1, knownAt: now, reason: null }],
    createdAt: now,
    sequence: 0,
  };
}

/** The fact that a plan of a target was set, as it read when it was recorded. */
export function targetSet(target: Pick<Target, 'key' | 'indicator' | 'timeZone'>, plan: Plan): TargetSetV1 {
  return event(TargetSetV1, {
    targetKey: target.key,
    effectiveOn: plan.since,
    knownAt: plan.knownAt.toISOString(),
    planVersion: plan.version,
    indicator: target.indicator.key,
    indicatorVersion: target.indicator.version,
    value: plan.value,
    deadline: plan.deadline,
    timeZone: target.timeZone,
  });
}
