import { Clock, Job, type JobHandler, Log, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LibraryItem } from '../library-item/library-item.schema';
import { ItemIndexer } from '../search-index/item-indexer';

/** The event has this long; then something happened to it. */
const OVERDUE = 60_000;

/**
 * Indexes what the events did not bring: one that is dead, or lost with its queue. Otherwise a single one of them would hold up
 * every search that asks for what came after it.
 */
@Job({ queue: 'content-indexing-repair-index' })
export class RepairIndexJob implements JobHandler<{ itemId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    private readonly indexer: ItemIndexer,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async process({ itemId }: { itemId: string }): Promise<void> {
    await this.mongo.transaction((session) => this.indexer.index([itemId], session));
    this.log.warn({ itemId }, 'an item was indexed by the repair, not by its event');
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ itemId: string }>[]> {
    const before = new Date(this.clock.now().getTime() - OVERDUE);
    const overdue = await this.items
      .find({ unindexedSince: { $lt: before } }, { _id: 1 })
      .limit(limit)
      .lean<LibraryItem[]>();
    return overdue.map(({ _id }) => ({ id: `${_id}-repair`, data: { itemId: _id } }));
  }
}
