import { IsInt, IsNumber, IsString, Matches, Min } from 'class-validator';
import { TargetFact } from './target-fact';

/** A target was set, or its plan was changed. */
export class TargetSetV1 extends TargetFact {
  static readonly event = 'reporting.target.set.v1';
  @IsInt() @Min(1) planVersion!: number;
  @IsString() indicator!: string;
  @IsInt() @Min(1) indicatorVersion!: number;
  @IsNumber() value!: number;
  @Matches(/^\d{4}-\d{2}-\d{2}$/) deadline!: string;
  @IsString() timeZone!: string;
}
