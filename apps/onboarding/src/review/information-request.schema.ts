import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Reason } from './review-case.schema';

/** What an officer wants to know before they decide. Reasons are for the applicant, the answer for the officers of the case. */
@Schema({ collection: 'information_requests', versionKey: false })
export class InformationRequest {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, required: true }) reviewCaseId!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: Date, required: true }) askedAt!: Date;
  @Prop({ type: String, required: true }) askedBy!: string;
  @Prop({ type: [{ _id: false, requirement: String, code: String, note: String }] }) reasons!: Reason[];
  @Prop({ type: Date }) answeredAt?: Date;
  /** Encrypted: people write about people. */
  @Prop({ type: String }) answer?: string;
}

export type InformationRequestDocument = HydratedDocument<InformationRequest>;
export const InformationRequestSchema = SchemaFactory.createForClass(InformationRequest);
InformationRequestSchema.index({ reviewCaseId: 1 });
InformationRequestSchema.index({ cooperativeId: 1 });

/** How a request is shown to both sides; closed where the case ended without an answer. */
export function viewRequest(request: InformationRequest, reviewState: string, answer?: string) {
  const unanswered = reviewState === 'open' ? ('open' as const) : ('closed' as const);
  return {
    id: request._id,
    reviewCaseId: request.reviewCaseId,
    state: request.answeredAt ? ('answered' as const) : unanswered,
    askedAt: request.askedAt.toISOString(),
    reasons: request.reasons.map(({ requirement, code, note }) => ({ requirement, code, note: note ?? null })),
    answeredAt: request.answeredAt?.toISOString() ?? null,
    answer: answer ?? null,
  };
}
