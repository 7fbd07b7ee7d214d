import { IsOptional } from 'class-validator';
import { IsDayOrInstant } from '../progress/is-day';

export class RevisionsQuery {
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}
