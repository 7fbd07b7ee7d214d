import { COOPERATIVE_TYPES, type CooperativeType } from '@idxcoop/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay, IsDayOrInstant } from '../progress/is-day';

export class StatisticsQuery {
  @IsOptional() @IsDay() asOf?: Day;
  @IsOptional() @IsDayOrInstant() knownAt?: string;
  /** A province or regency; the nation by default. */
  @IsOptional() @IsString() area?: string;
  @ApiProperty({ required: false, type: String, enum: COOPERATIVE_TYPES })
  @IsOptional()
  @IsIn(COOPERATIVE_TYPES)
  type?: CooperativeType;
}
