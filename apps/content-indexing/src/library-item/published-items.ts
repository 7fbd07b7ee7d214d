import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LibraryItem } from './library-item.schema';
import { LibraryRevision } from './library-revision.schema';

/** What an index says is there. */
export interface Claimed {
  id: string;
  revision: number;
  /** The id of the revision's text. */
  text: string;
}

/**
 * The guard in front of everything that an index found: what leaves is published now, in that very revision. An index may be late,
 * doubled or old; it never decides alone.
 */
@Injectable()
export class PublishedItems {
  constructor(
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
  ) {}

  /** Items that were withdrawn after this change of the library: an index that ends there may still count them. */
  async withdrawnAfter(seq: number): Promise<ReadonlySet<string>> {
    const gone = await this.items.find({ seq: { $gt: seq }, state: 'withdrawn' }, { _id: 1 }).lean<LibraryItem[]>();
    return new Set(gone.map(({ _id }) => _id));
  }

  /** The texts of those that may leave, by item id. Asks for the state last, just before they leave; throws where it cannot ask. */
  async read(claims: readonly Claimed[]): Promise<Map<string, LibraryRevision>> {
    if (claims.length === 0) return new Map();
    const texts = await this.revisions.find({ _id: { $in: claims.map(({ text }) => text) } }).lean<LibraryRevision[]>();
    const served = await this.items
      .find(
        { _id: { $in: claims.map(({ id }) => id) }, state: 'published' },
        { publishedText: 1, publishedRevision: 1 },
      )
      .lean<LibraryItem[]>();
    const textOf = new Map(texts.map((text) => [text._id, text]));
    const servedOf = new Map(served.map((item) => [item._id, item]));
    return new Map(
      claims.flatMap(({ id, revision, text }) => {
        const item = servedOf.get(id);
        const found = textOf.get(text);
        const holds = item?.publishedText === text && item.publishedRevision === revision && found?.itemId === id;
        return holds ? [[id, found] as const] : [];
      }),
    );
  }
}
