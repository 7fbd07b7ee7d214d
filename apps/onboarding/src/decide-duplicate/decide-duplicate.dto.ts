import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CANDIDATE_STATES, type CandidateState } from '../duplicates/duplicate-candidate.schema';

/** Which candidates to list; always those of which one cooperative is in the territory of the caller. */
export class DuplicateCandidatesQuery extends PageQuery {
  @IsOptional() @IsUUID() cooperativeId?: string;
  @IsOptional() @IsIn(CANDIDATE_STATES) state?: CandidateState;
}

export class DuplicateDecisionDto {
  @IsIn(['same', 'different']) decision!: 'same' | 'different';
  /** Which of the two stands for both; only with `same`. */
  @IsOptional() @IsUUID() survivorId?: string;
  /** Why, as a stable code. */
  @IsOptional() @Matches(/^[a-z][a-z0-9_]{1,59}$/) reason?: string;
}
