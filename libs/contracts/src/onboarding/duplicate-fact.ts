import { IsOptional, IsString, IsUUID } from 'class-validator';
import { DatedFact } from '../dated';

/** What every fact about a possible pair carries. The candidate is the aggregate: `sequence` puts its facts in order. */
export abstract class DuplicateFact extends DatedFact {
  @IsUUID() candidateId!: string;
  @IsUUID() cooperativeId!: string;
  @IsUUID() otherId!: string;
  /** Why, as a stable code. */
  @IsOptional() @IsString() reason?: string;
}
