import { IsOptional, IsString, IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** An officer rejected the application; the reasons are codes, notes stay with onboarding. */
export class CooperativeRejectedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.rejected.v1';
  @IsOptional() @IsUUID() reviewCaseId?: string;
  @IsString({ each: true }) reasonCodes!: string[];
}
