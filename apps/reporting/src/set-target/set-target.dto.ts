import { IsIn, IsNumber, IsPositive, IsString, Length, Matches } from 'class-validator';
import { FIELD } from '../problems.templates';
import type { Day } from '../progress/day';
import { IsDay } from '../progress/is-day';
import { ZONE_NAMES } from '../progress/zones';
import { PlanOptionsDto } from '../target/plan-options';

export class SetTargetDto extends PlanOptionsDto {
  @IsString()
  @Matches(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, { context: { code: 'not_key', ...FIELD.not_key } })
  key!: string;
  @IsString() @Length(1, 200) name!: string;
  @IsString() @Length(1, 100) indicator!: string;
  @IsNumber() @IsPositive() value!: number;
  @IsDay() deadline!: Day;
  @IsIn(ZONE_NAMES, { context: { code: 'not_time_zone', ...FIELD.not_time_zone } })
  timeZone!: string;
}
