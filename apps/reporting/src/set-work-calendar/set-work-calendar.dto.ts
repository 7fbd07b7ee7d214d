import { ArrayMaxSize, ArrayUnique, IsArray, IsOptional, IsString, Length } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay } from '../progress/is-day';

export class SetWorkCalendarDto {
  /** The day of the decree, which names the version; today by default. */
  @IsOptional() @IsDay() effectiveFrom?: Day;
  @IsDay() coversFrom!: Day;
  @IsDay() coversTo!: Day;
  @IsArray() @ArrayMaxSize(1_000) @ArrayUnique() @IsDay({ each: true }) daysOff!: Day[];
  @IsOptional() @IsString() @Length(1, 1_000) reason?: string;
}
