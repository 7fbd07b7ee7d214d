import { IsInt, Min } from 'class-validator';
import { TargetFact } from './target-fact';

/** A correction took a published milestone back. */
export class MilestoneWithdrawnV1 extends TargetFact {
  static readonly event = 'reporting.milestone.withdrawn.v1';
  @IsInt() @Min(1) planVersion!: number;
  @IsInt() @Min(1) percent!: number;
}
