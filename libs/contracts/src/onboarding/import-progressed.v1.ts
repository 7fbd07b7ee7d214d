import { IsBoolean, IsIn, IsInt, IsUUID, Min } from 'class-validator';
import { DatedFact } from '../dated';

/** An import got a tenth further, or ended: how many rows are through, and what became of them. */
export class ImportProgressedV1 extends DatedFact {
  static readonly event = 'onboarding.import.progressed.v1';
  @IsUUID() importId!: string;
  @IsIn(['running', 'completed', 'failed']) state!: 'running' | 'completed' | 'failed';
  @IsBoolean() dryRun!: boolean;
  @IsInt() @Min(0) done!: number;
  @IsInt() @Min(0) of!: number;
  @IsInt() @Min(0) created!: number;
  @IsInt() @Min(0) updated!: number;
  @IsInt() @Min(0) unchanged!: number;
  @IsInt() @Min(0) duplicates!: number;
  @IsInt() @Min(0) rejected!: number;
}
