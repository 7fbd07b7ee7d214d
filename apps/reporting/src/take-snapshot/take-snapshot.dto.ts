import { PageQuery } from '@idxcoop/platform';
import { IsOptional } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay, IsDayOrInstant } from '../progress/is-day';

export class TakeSnapshotDto {
  @IsOptional() @IsDay() asOf?: Day;
}

export class SnapshotsQuery extends PageQuery {
  @IsOptional() @IsDay() asOf?: Day;
  /** Only what was published by then: a day's close or an instant. */
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}
