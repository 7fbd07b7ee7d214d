import { LibraryItemPublishedV1, LibraryItemWithdrawnV1 } from '@idxcoop/contracts';
import { type BatchedEvent, EventConsumer, OnEvents } from '@idxcoop/messaging';
import { Clock, Mongo } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { ANALYZER_VERSION, Analyzer } from '../analysis/analyzer';
import { LibraryItem } from '../library-item/library-item.schema';
import { LibraryRevision } from '../library-item/library-revision.schema';
import { IndexSignal } from '../search-index/index-signal';
import { SearchDoc } from '../search-index/search-doc.schema';

type ItemEvent = LibraryItemPublishedV1 | LibraryItemWithdrawnV1;

/**
 * Indexes an item that was published or withdrawn. An event only says which item to look at: what is written is the state of the
 * library now, and only where that is newer than what is there. So events may come late, twice and in any order.
 */
@EventConsumer('index-item')
export class IndexItemConsumer {
  private readonly analyzer = new Analyzer();

  constructor(
    private readonly mongo: Mongo,
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
    @InjectModel(SearchDoc.name) private readonly docs: Model<SearchDoc>,
    private readonly clock: Clock,
    private readonly signal: IndexSignal,
  ) {}

  @OnEvents(LibraryItemPublishedV1, LibraryItemWithdrawnV1, { batch: 50 })
  async on(events: BatchedEvent<ItemEvent>[], session: ClientSession): Promise<void> {
    const ids = [...new Set(events.map(({ event }) => event.itemId))];
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
