import { IsBoolean, IsNumber, IsOptional, IsPositive, IsString, Length } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay } from '../progress/is-day';
import { PlanOptionsDto } from '../target/plan-options.dto';

export class ChangePlanDto extends PlanOptionsDto {
  /** Why; it stays readable with the plan. */
  @IsString() @Length(3, 1_000) reason!: string;
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsNumber() @IsPositive() value?: number;
  @IsOptional() @IsDay() deadline?: Day;
  @IsOptional() @IsBoolean() paused?: boolean;
}
