import { IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** The cooperative asked to be verified; a review case is open. */
export class ApplicationSubmittedV1 extends CooperativeFact {
  static readonly event = 'onboarding.application.submitted.v1';
  @IsUUID() reviewCaseId!: string;
}
