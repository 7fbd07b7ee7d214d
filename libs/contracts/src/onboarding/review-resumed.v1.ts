import { IsISO8601, IsUUID } from 'class-validator';
import { ReviewFact } from './review-fact';

/** The applicant answered: the clock goes on where it stood. */
export class ReviewResumedV1 extends ReviewFact {
  static readonly event = 'onboarding.review.resumed.v1';
  @IsUUID() informationRequestId!: string;
  @IsISO8601({ strict: true }) dueAt!: string;
}
