import { IsBoolean, IsNumber, IsPositive, IsString, Length } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay } from '../progress/is-day';
import { Omittable } from '../progress/omittable';
import { PlanOptionsDto } from '../target/plan-options';

export class ChangePlanDto extends PlanOptionsDto {
  /** Why; it stays readable with the plan. */
  @IsString() @Length(3, 1_000) reason!: string;
  @Omittable() @IsString() @Length(1, 200) name?: string;
  @Omittable() @IsNumber() @IsPositive() value?: number;
  @Omittable() @IsDay() deadline?: Day;
  @Omittable() @IsBoolean() paused?: boolean;
}
