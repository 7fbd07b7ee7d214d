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
import type { Day } from '../progress/day';
import { IsDay } from '../progress/is-day';

export class BaselineDto {
  @IsNumber() @Min(0) value!: number;
  @IsDay() date!: Day;
}

/** The members of a plan that may be left out, in a new target as in a change of one. */
export class PlanOptionsDto {
  @IsOptional() @ValidateNested() @Type(() => BaselineDto) baseline?: BaselineDto | null;
  /** An office. */
  @IsOptional() @IsString() @Length(1, 200) owner?: string | null;
  /** How many could take part at all. */
  @IsOptional() @IsInt() @IsPositive() eligible?: number | null;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(600)
  @ArrayUnique()
  @IsString({ each: true })
  areas?: string[] | null;
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
