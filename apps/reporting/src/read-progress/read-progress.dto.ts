import { IsOptional } from 'class-validator';
import type { Day } from '../progress/day';
import { IsDay, IsDayOrInstant } from '../progress/is-day';

export class ProgressQuery {
  /** When it was true: the close of this day. */
  @IsOptional() @IsDay() asOf?: Day;
  /** When it was known: a day's close or an instant. */
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}

export class SeriesQuery {
  @IsOptional() @IsDay() from?: Day;
  @IsOptional() @IsDay() to?: Day;
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}
