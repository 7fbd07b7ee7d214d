import { LibraryItemFact } from './library-item-fact';

/** A revision of a library item became public. */
export class LibraryItemPublishedV1 extends LibraryItemFact {
  static readonly event = 'content-indexing.library-item.published.v1';
}
