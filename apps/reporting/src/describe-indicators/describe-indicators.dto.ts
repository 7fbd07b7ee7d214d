import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsNumber,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { FIELD } from '../problems.templates';
import type { Day } from '../progress/day';
import { IsDay, IsDayOrInstant } from '../progress/is-day';
import { Omittable } from '../progress/omittable';

export class DescribeIndicatorDto {
  @Matches(/^[a-z][a-z0-9_]{0,62}$/, { context: { code: 'not_key', ...FIELD.not_key } }) key!: string;
  @IsString() @Length(1, 200) name!: string;
  @IsString() @Length(1, 2_000) definition!: string;
  @Omittable() @IsString() @Length(1, 2_000) formula?: string;
  @IsString() @Length(1, 100) unit!: string;
  @IsString() @Length(1, 500) source!: string;
  /** How often a value is due. */
  @Omittable() @IsInt() @Min(1) @Max(3_660) periodDays?: number;
  /** Sources from the most to the least trusted. */
  @Omittable() @IsArray() @ArrayMaxSize(50) @ArrayUnique() @IsString({ each: true }) sourcePriority?: string[];
}

export class ObserveIndicatorDto {
  @IsDay() date!: Day;
  @IsNumber() @Min(0) value!: number;
  @IsString() @Length(1, 500) source!: string;
  /** When the programme learnt it; now by default, never later. */
  @Omittable() @IsDayOrInstant() knownAt?: string;
}
