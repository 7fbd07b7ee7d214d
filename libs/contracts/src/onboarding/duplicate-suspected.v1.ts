import { IsArray, IsIn, IsNumber, IsString, Max, Min } from 'class-validator';
import { DuplicateFact } from './duplicate-fact';

/** Two cooperatives may be one: an officer is to decide, nothing is merged by itself. */
export class DuplicateSuspectedV1 extends DuplicateFact {
  static readonly event = 'onboarding.duplicate.suspected.v1';
  @IsIn(['strong', 'review']) band!: 'strong' | 'review';
  @IsNumber() @Min(0) @Max(1) score!: number;
  @IsArray() @IsString({ each: true }) signals!: string[];
}
