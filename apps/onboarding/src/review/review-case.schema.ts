import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

export const REVIEW_STATES = ['open', 'approved', 'rejected', 'withdrawn'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Why an application was rejected. The note is for the applicant and never leaves this service in an event. */
export interface Reason {
  requirement: string;
  code: string;
  note?: string;
}

/** An application or a claim that waits for an officer of the territory. */
@Schema({ collection: 'review_cases', versionKey: false })
export class ReviewCase {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, required: true }) kind!: 'application' | 'claim';
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String }) claimId?: string;
  @Prop({ type: String, required: true }) regionCode!: string;
  @Prop({ type: String, enum: REVIEW_STATES, default: 'open' }) state!: ReviewState;
  @Prop({ type: Date, required: true }) openedAt!: Date;
  @Prop({ type: String }) assignedTo?: string;
  @Prop({ type: Date }) decidedAt?: Date;
  @Prop({ type: String }) decidedBy?: string;
  @Prop({ type: [{ _id: false, requirement: String, code: String, note: String }] }) reasons!: Reason[];
}

export type ReviewCaseDocument = HydratedDocument<ReviewCase>;
export const ReviewCaseSchema = SchemaFactory.createForClass(ReviewCase);
ReviewCaseSchema.index({ state: 1, regionCode: 1, openedAt: 1 });
// The order of the list.
ReviewCaseSchema.index({ state: 1, openedAt: 1, _id: 1 });
ReviewCaseSchema.index({ cooperativeId: 1, openedAt: 1 });

/** A new case in the territory of its cooperative. */
export function openCase(
  cooperative: { _id: string; regionCode: string },
  about: { kind: 'application' } | { kind: 'claim'; claimId: string },
  at: Date,
): Omit<ReviewCase, 'id'> {
  const { _id: cooperativeId, regionCode } = cooperative;
  return { _id: newId(), cooperativeId, regionCode, ...about, state: 'open', openedAt: at, reasons: [] };
}

/** The condition that a region lies in a territory; `ID` is the nation, and nothing covers nothing. */
export function within(territory: string): Record<string, unknown> {
  if (territory === 'ID') return {};
  return { regionCode: { $gte: territory, $lt: `${territory}/` } };
}
