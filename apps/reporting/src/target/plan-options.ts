import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsNumber,
  IsOptional,
  IsPositive,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { listOf, orNull, TEXT } from '../answers/schema';
import type { Day } from '../progress/day';
import { IsDay } from '../progress/is-day';

const PERCENT = { type: 'integer', minimum: 1, maximum: 100 };

export class PlanBaselineDto {
  @IsNumber() @Min(0) value!: number;
  @IsDay() date!: Day;
}

/** The members of a plan that may be left out, in a new target as in a change of one. */
export class PlanOptionsDto {
  @IsOptional() @ValidateNested() @Type(() => PlanBaselineDto) baseline?: PlanBaselineDto | null;
  /** An office. */
  @ApiProperty({ required: false, ...orNull({ type: 'string', minLength: 1, maxLength: 200 }) })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  owner?: string | null;
  /** How many could take part at all. */
  @ApiProperty({ required: false, ...orNull({ type: 'integer', minimum: 1 }) })
  @IsOptional()
  @IsInt()
  @IsPositive()
  eligible?: number | null;
  @ApiProperty({ required: false, ...orNull({ ...listOf(TEXT), minItems: 1, maxItems: 600 }) })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(600)
  @ArrayUnique()
  @IsString({ each: true })
  areas?: string[] | null;
  @ApiProperty({ required: false, ...orNull({ ...listOf(PERCENT), minItems: 1, maxItems: 20 }) })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(100, { each: true })
  milestones?: number[] | null;
  /** The first day that the plan is in force; today by default. */
  @IsOptional() @IsDay() effectiveFrom?: Day;
}
