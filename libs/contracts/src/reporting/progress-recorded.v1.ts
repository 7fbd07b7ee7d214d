import { IsNumber, Matches } from 'class-validator';
import { TargetFact } from './target-fact';

/** The snapshot of a day was taken: the value as it was known then. */
export class ProgressRecordedV1 extends TargetFact {
  static readonly event = 'reporting.progress.recorded.v1';
  @Matches(/^\d{4}-\d{2}-\d{2}$/) asOf!: string;
  @IsNumber() actual!: number;
  @IsNumber() target!: number;
}
