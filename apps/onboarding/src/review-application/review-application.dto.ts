import { PageQuery } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { IsLine } from '../people/contact-details';
import { REVIEW_STATES, type ReviewState } from '../review/review-case.schema';

/** Which cases to list; always within the territory of the caller. */
export class ReviewCasesQuery extends PageQuery {
  @IsOptional() @IsIn(REVIEW_STATES) state?: ReviewState;
  @IsOptional() @Matches(/^(ID|\d{2}(\.\d{2}){0,2}(\.\d{4})?)$/) territory?: string;
}

const STABLE = /^[a-z][a-zA-Z0-9_]{0,59}$/;

export class ReasonDto {
  @Matches(STABLE) requirement!: string;
  @Matches(STABLE) code!: string;
  @IsOptional() @IsLine(0, 1_000) note?: string;
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
