import { LISTING_PROOFS, type ListingProof } from '@idxcoop/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { isDay } from '../day';
import { IsLine, rule } from '../people/contact-details';

const IsDay = rule('isDay', { code: 'not_a_day' }, (value) => typeof value === 'string' && isDay(value));

export class ProofDecisionDto {
  @IsIn(LISTING_PROOFS) kind!: ListingProof;
  @IsIn(['accept', 'reject']) decision!: 'accept' | 'reject';
  /** The last day on which it holds; without it the day that the partner named. */
  @IsOptional() @IsDay() expiresOn?: string;
}

export class ListingReasonDto {
  @Matches(/^[a-z][a-zA-Z0-9_]{0,59}$/) code!: string;
  @IsOptional() @IsLine(0, 1_000) note?: string;
}

export class ListingDecisionDto {
  @IsIn(['approve', 'reject']) decision!: 'approve' | 'reject';
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ListingReasonDto)
  @ArrayMaxSize(20)
  @IsArray()
  reasons?: ListingReasonDto[];
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ProofDecisionDto)
  @ArrayUnique(({ kind }: ProofDecisionDto) => kind)
  @ArrayMaxSize(LISTING_PROOFS.length)
  @IsArray()
  proofs?: ProofDecisionDto[];
}
