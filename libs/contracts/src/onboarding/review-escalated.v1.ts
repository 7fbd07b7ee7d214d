import { IsIn, IsISO8601 } from 'class-validator';
import { AssignableReviewFact, REVIEW_OFFICES, type ReviewOffice } from './review-fact';

/** An office let its deadline pass: the case went to the next one, which `office` names. Once for each office. */
export class ReviewEscalatedV1 extends AssignableReviewFact {
  static readonly event = 'onboarding.review.escalated.v1';
  @IsIn(REVIEW_OFFICES) previousOffice!: ReviewOffice;
  /** The deadline that passed. */
  @IsISO8601({ strict: true }) missedAt!: string;
  @IsISO8601({ strict: true }) dueAt!: string;
}
