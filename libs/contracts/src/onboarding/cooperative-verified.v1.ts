import { IsOptional, IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** An officer approved the application. */
export class CooperativeVerifiedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.verified.v1';
  @IsOptional() @IsUUID() reviewCaseId?: string;
}
