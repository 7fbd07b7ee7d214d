import { LibraryItemPublishedV1, LibraryItemWithdrawnV1 } from '@idxcoop/contracts';
import { type BatchedEvent, EventConsumer, OnEvents } from '@idxcoop/messaging';
import type { ClientSession } from 'mongoose';
import { ItemIndexer } from '../search-index/item-indexer';

type ItemEvent = LibraryItemPublishedV1 | LibraryItemWithdrawnV1;

/** Indexes an item that was published or withdrawn. An event only says which item to look at. */
@EventConsumer('index-item')
export class IndexItemConsumer {
  constructor(private readonly indexer: ItemIndexer) {}

  @OnEvents(LibraryItemPublishedV1, LibraryItemWithdrawnV1, { batch: 50 })
  async on(events: BatchedEvent<ItemEvent>[], session: ClientSession): Promise<void> {
    await this.indexer.index([...new Set(events.map(({ event }) => event.itemId))], session);
  }
}
