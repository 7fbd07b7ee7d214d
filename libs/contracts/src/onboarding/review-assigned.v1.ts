import { IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { AssignableReviewFact } from './review-fact';

/** A case was given to an officer, or taken from one: without `officialId` it waits for somebody of its office. */
export class ReviewAssignedV1 extends AssignableReviewFact {
  static readonly event = 'onboarding.review.assigned.v1';
  @IsOptional() @IsUUID() previousOfficialId?: string;
  /** Absent while the case waits for an answer. */
  @IsOptional() @IsISO8601({ strict: true }) dueAt?: string;
}
