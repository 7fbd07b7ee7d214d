import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Reason } from '../review/review-case.schema';
import type { RequirementKey } from './keys';

/** What somebody decided about a requirement; the rest follows from the cooperative and the day. */
export const DECISIONS = ['submitted', 'accepted', 'rejected', 'reopened', 'waived'] as const;
export type Decision = (typeof DECISIONS)[number];

/** One entry of the history of a requirement. */
export interface DecisionEntry {
  decision: Decision;
  at: Date;
  by?: string;
  reasons: Reason[];
}

const REASON = { _id: false, requirement: String, code: String, note: String };

/**
 * What is kept of a requirement: the decisions about it, and what was told of its due day. It is written only where there is
 * something to keep; whatever else a requirement is follows from the rules. The aggregate of the facts about it.
 */
@Schema({ collection: 'requirements', versionKey: false })
export class Requirement {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, required: true }) key!: RequirementKey;
  /** The book year of one that recurs, else empty. */
  @Prop({ type: String, default: '' }) period!: string;
  @Prop({ type: String, enum: DECISIONS }) decision?: Decision;
  @Prop({ type: Date }) decidedAt?: Date;
  @Prop({ type: [REASON] }) reasons!: Reason[];
  @Prop({ type: [String] }) evidence!: string[];
  /** A later day than the rules', where an officer asked again. */
  @Prop({ type: String }) dueOn?: string;
  /** The due day that was told last; absent where nobody is reminded. */
  @Prop({ type: String }) toldDueOn?: string;
  @Prop({ type: [{ _id: false, decision: String, at: Date, by: String, reasons: [REASON] }] })
  history!: DecisionEntry[];

  /** Records a decision with who and why. */
  decide(decision: Decision, about: { at: Date; by?: string; reasons?: readonly Reason[] }): void {
    const { at, by, reasons = [] } = about;
    Object.assign(this, { decision, decidedAt: at, reasons: [...reasons] });
    this.history.push({ decision, at, ...(by && { by }), reasons: [...reasons] });
  }
}

export type RequirementDocument = HydratedDocument<Requirement>;
export const RequirementSchema = SchemaFactory.createForClass(Requirement);
RequirementSchema.loadClass(Requirement);
RequirementSchema.index(
  { cooperativeId: 1, key: 1, period: 1 },
  { unique: true, name: 'one_requirement_per_cooperative_key_and_period' },
);

/** What a new row starts with. */
export function newRequirement(cooperativeId: string, key: RequirementKey, period: string) {
  return { _id: newId(), cooperativeId, key, period, sequence: 0, reasons: [], evidence: [], history: [] };
}
