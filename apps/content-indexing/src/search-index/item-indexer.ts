import { Clock, Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { ANALYZER_VERSION, Analyzer } from '../analysis/analyzer';
import { LibraryItem } from '../library-item/library-item.schema';
import { LibraryRevision } from '../library-item/library-revision.schema';
import { IndexSignal } from './index-signal';
import { SearchDoc } from './search-doc.schema';

/**
 * Brings `search_docs` to the state that the library has now, and only where that is newer than what is there. So it may be asked
 * late, twice and in any order.
 */
@Injectable()
export class ItemIndexer {
  private readonly analyzer = new Analyzer();

  constructor(
    private readonly mongo: Mongo,
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
    @InjectModel(SearchDoc.name) private readonly docs: Model<SearchDoc>,
    private readonly clock: Clock,
    private readonly signal: IndexSignal,
  ) {}

  async index(ids: readonly string[], session: ClientSession): Promise<void> {
    const items = await this.items
      .find({ _id: { $in: ids } })
      .session(session)
      .lean<LibraryItem[]>();
    const indexed = await this.docs
      .find({ _id: { $in: ids } }, { seq: 1 })
      .session(session)
      .lean<SearchDoc[]>();
    const seqOf = new Map(indexed.map(({ _id, seq }) => [_id, seq]));
    const newer = items.filter(({ _id, publicSeq }) => publicSeq > (seqOf.get(_id) ?? 0));
    const textIds = newer.flatMap(({ publishedText }) => publishedText ?? []);
    const texts = await this.revisions
      .find({ _id: { $in: textIds } })
      .session(session)
      .lean<LibraryRevision[]>();
    const textOf = new Map(texts.map((text) => [text._id, text]));
    for (const item of newer) {
      const doc = this.docOf(item, textOf.get(item.publishedText ?? ''));
      await this.docs.replaceOne({ _id: doc._id }, doc, { session, upsert: true });
    }
    const done = items.filter(({ unindexedSince }) => unindexedSince).map(({ _id }) => _id);
    if (done.length > 0)
      await this.items.updateMany({ _id: { $in: done } }, { $unset: { unindexedSince: 1 } }, { session });
    this.mongo.afterCommit(session, () => this.signal.ring());
  }

  private docOf(item: LibraryItem, text: LibraryRevision | undefined): SearchDoc {
    const { _id, publicSeq: seq, publishedAt } = item;
    const made = { _id, seq, analyzerVersion: ANALYZER_VERSION, indexedAt: this.clock.now() };
    if (item.state !== 'published' || !text || !publishedAt) return { ...made, state: 'gone' };
    const { revision, kind, language, tags, title, summary, text: body } = text;
    const analysed = this.analyzer.document({ title, summary, tags, body });
    return { ...made, state: 'live', revision, text: text._id, kind, language, tags, publishedAt, ...analysed };
  }
}
