import { IsOptional, IsString } from 'class-validator';
import { RequirementFact } from './requirement-fact';

/** A requirement is met, or is not asked any more: nobody is reminded of it. A later due date asks for it anew. */
export class RequirementSatisfiedV1 extends RequirementFact {
  static readonly event = 'onboarding.requirement.satisfied.v1';
  /** Why, as a stable code, where it was not simply met: `waived`, `cooperative_withdrawn`. */
  @IsOptional() @IsString() reason?: string;
}
