import { PageQuery } from '@idxcoop/platform';
import { IsOptional } from 'class-validator';
import { IsDayOrInstant } from '../progress/is-day';

export class RevisionsQuery extends PageQuery {
  @IsOptional() @IsDayOrInstant() knownAt?: string;
}
