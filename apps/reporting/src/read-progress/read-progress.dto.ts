import { PageQuery } from '@idxcoop/platform';
import { IsOptional } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay, IsDayOrInstant } from '../progress/is-day';

export class ProgressQuery {
  /** When it was true: the close of this day. */
  @IsOptional() @IsDay() asOf?: Day;
  /** When it was known: a day's close or an instant. */
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}

export class SeriesQuery extends PageQuery {
  /** The first day with facts by default. */
  @IsOptional() @IsDay() from?: Day;
  /** Today by default. */
  @IsOptional() @IsDay() until?: Day;
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}
