import { LibraryItemFact } from './library-item-fact';

/** A library item was taken back and must not be served any more. Why, in an editor's words, stays with content-indexing. */
export class LibraryItemWithdrawnV1 extends LibraryItemFact {
  static readonly event = 'content-indexing.library-item.withdrawn.v1';
}
