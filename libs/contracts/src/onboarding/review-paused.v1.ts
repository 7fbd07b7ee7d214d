import { ArrayMaxSize, IsArray, IsString, IsUUID } from 'class-validator';
import { ReviewFact } from './review-fact';

/** An officer asked the applicant for information: the clock stands until the answer. */
export class ReviewPausedV1 extends ReviewFact {
  static readonly event = 'onboarding.review.paused.v1';
  @IsUUID() informationRequestId!: string;
  /** What is asked for, as codes. */
  @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) reasonCodes!: string[];
}
