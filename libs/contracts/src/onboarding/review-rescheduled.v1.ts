import { IsISO8601 } from 'class-validator';
import { ReviewFact } from './review-fact';

/** A decree changed the working days: an open deadline moved. */
export class ReviewRescheduledV1 extends ReviewFact {
  static readonly event = 'onboarding.review.rescheduled.v1';
  @IsISO8601({ strict: true }) previousDueAt!: string;
  @IsISO8601({ strict: true }) dueAt!: string;
}
