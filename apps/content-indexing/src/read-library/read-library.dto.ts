import { ITEM_KINDS, type ItemKind } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { ITEM_STATES, type ItemState } from '../library-item/library-item.schema';

export class LibraryItemsQuery extends PageQuery {
  @IsOptional() @IsIn(ITEM_STATES) state?: ItemState;
  @IsOptional() @IsIn(ITEM_KINDS) kind?: ItemKind;
}

export class LibraryItemQuery {
  /** Another revision than the served one; editors only. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) revision?: number;
}
