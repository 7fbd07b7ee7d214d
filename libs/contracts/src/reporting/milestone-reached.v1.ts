import { IsInt, IsNumber, Matches, Min } from 'class-validator';
import { TargetFact } from './target-fact';

/** A share of the target was reached; published once per target, plan and percent. */
export class MilestoneReachedV1 extends TargetFact {
  static readonly event = 'reporting.milestone.reached.v1';
  @IsInt() @Min(1) planVersion!: number;
  @IsInt() @Min(1) percent!: number;
  @Matches(/^\d{4}-\d{2}-\d{2}$/) reachedOn!: string;
  @IsNumber() actual!: number;
}
