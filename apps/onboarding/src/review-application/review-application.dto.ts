import { PageQuery } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import { ReasonDto } from '../review/reason-rules';
import { REVIEW_STATES, type ReviewState } from '../review/review-case.schema';

/** Which cases to list; always within the territory of the caller. */
export class ReviewCasesQuery extends PageQuery {
  @IsOptional() @IsIn(REVIEW_STATES) state?: ReviewState;
  @IsOptional() @Matches(/^(ID|\d{2}(\.\d{2}){0,2}(\.\d{4})?)$/) territory?: string;
  /** An official's id: only their cases. */
  @IsOptional() @IsUUID() assignedTo?: string;
}

export class DecisionDto {
  @IsIn(['approve', 'reject']) decision!: 'approve' | 'reject';
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ReasonDto)
  @ArrayMaxSize(20)
  @IsArray()
  reasons?: ReasonDto[];
}
