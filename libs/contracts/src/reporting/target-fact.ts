import { IsString } from 'class-validator';
import { DatedFact } from '../dated';

/** What every fact about a target carries. */
export abstract class TargetFact extends DatedFact {
  @IsString() targetKey!: string;
}
