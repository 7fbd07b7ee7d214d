import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional } from 'class-validator';

export class AcceptancesQuery extends PageQuery {
  @IsOptional() @IsIn(['accepted', 'confirmed']) state?: 'accepted' | 'confirmed';
}
