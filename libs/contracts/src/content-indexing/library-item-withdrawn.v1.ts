import { IsString } from 'class-validator';
import { LibraryItemFact } from './library-item-fact';

/** A library item was taken back and must not be served any more. */
export class LibraryItemWithdrawnV1 extends LibraryItemFact {
  static readonly event = 'content-indexing.library-item.withdrawn.v1';
  @IsString() reason!: string;
}
