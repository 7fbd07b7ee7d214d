import { decodeCursor, notFound, type Page, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LibraryItem } from '../library-item/library-item.schema';
import { LibraryRevision } from '../library-item/library-revision.schema';
import { viewItem, viewLine } from './item-view';
import type { LibraryItemsQuery } from './read-library.dto';

/** Reads items: the public what is served, editors every revision. */
@Injectable()
export class ReadLibraryHandler {
  constructor(
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
  ) {}

  /** An item as it is served. For an editor also one that is not, in its newest revision, or in the one that is asked for. */
  async one(id: string, isEditor: boolean, revision?: number): Promise<ReturnType<typeof viewItem>> {
    const item = await this.items.findById(id).lean<LibraryItem>();
    if (!item) throw notFound();
    if (!isEditor && (item.state !== 'published' || (revision ?? item.publishedRevision) !== item.publishedRevision)) {
      throw notFound();
    }
    const wanted = revision ?? item.publishedRevision ?? item.revision;
    const text = await this.revisions.findOne({ itemId: id, revision: wanted }).lean<LibraryRevision>();
    if (!text) throw notFound();
    return viewItem(item, text);
  }

  /** All items, the last changed first. */
  async list(query: LibraryItemsQuery): Promise<Page<ReturnType<typeof viewLine>>> {
    const after = decodeCursor<{ seq: number }>(query.cursor);
    const rows = await this.items
      .find({
        ...(query.state && { state: query.state }),
        ...(query.kind && { kind: query.kind }),
        ...(after && { seq: { $lt: Number(after.seq) } }),
      })
      .sort({ seq: -1 })
      .limit(query.limit + 1)
      .lean<LibraryItem[]>();
    return page(rows, query.limit, ({ seq }) => ({ seq }), viewLine);
  }
}
