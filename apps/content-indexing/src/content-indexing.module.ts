import { MessagingModule } from '@idxcoop/messaging';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AnswerGapsConsumer } from './answer-gaps/answer-gaps.consumer';
import { CooperativeGaps, CooperativeGapsSchema } from './gaps/cooperative-gaps.schema';
import { IndexItemConsumer } from './index-item/index-item.consumer';
import {
  LibraryChange,
  LibraryChangeSchema,
  LibraryCounter,
  LibraryCounterSchema,
} from './library-item/library-change.schema';
import { LibraryChanges } from './library-item/library-changes';
import { LibraryItem, LibraryItemSchema } from './library-item/library-item.schema';
import { LibraryRevision, LibraryRevisionSchema } from './library-item/library-revision.schema';
import { PublishedItems } from './library-item/published-items';
import { PublishLibraryItemController } from './publish-library-item/publish-library-item.controller';
import { PublishLibraryItemHandler } from './publish-library-item/publish-library-item.handler';
import { ReadLibraryController } from './read-library/read-library.controller';
import { ReadLibraryHandler } from './read-library/read-library.handler';
import { RecommendItemsController } from './recommend-items/recommend-items.controller';
import { RecommendItemsHandler } from './recommend-items/recommend-items.handler';
import { KnownCooperative, KnownCooperativeSchema } from './remember-cooperative/known-cooperative.schema';
import { RememberCooperativeConsumer } from './remember-cooperative/remember-cooperative.consumer';
import { RepairIndexJob } from './repair-index/repair-index.job';
import { IndexFollower } from './search-index/index-follower';
import { IndexSignal } from './search-index/index-signal';
import { ItemIndexer } from './search-index/item-indexer';
import { SearchDoc, SearchDocSchema } from './search-index/search-doc.schema';
import { SearchLibraryController } from './search-library/search-library.controller';
import { SearchLibraryHandler } from './search-library/search-library.handler';
import { WithdrawLibraryItemController } from './withdraw-library-item/withdraw-library-item.controller';
import { WithdrawLibraryItemHandler } from './withdraw-library-item/withdraw-library-item.handler';
import { WriteLibraryItemController } from './write-library-item/write-library-item.controller';
import { WriteLibraryItemHandler } from './write-library-item/write-library-item.handler';

/** The library: written by editors, indexed by facts, found in Indonesian, never served after it was withdrawn. */
@Module({
  imports: [
    MessagingModule.forService('content-indexing'),
    MongooseModule.forFeature([
      { name: LibraryItem.name, schema: LibraryItemSchema },
      { name: LibraryRevision.name, schema: LibraryRevisionSchema },
      { name: LibraryChange.name, schema: LibraryChangeSchema },
      { name: LibraryCounter.name, schema: LibraryCounterSchema },
      { name: SearchDoc.name, schema: SearchDocSchema },
      { name: CooperativeGaps.name, schema: CooperativeGapsSchema },
      { name: KnownCooperative.name, schema: KnownCooperativeSchema },
    ]),
  ],
  controllers: [
    WriteLibraryItemController,
    PublishLibraryItemController,
    WithdrawLibraryItemController,
    ReadLibraryController,
    IndexItemConsumer,
    SearchLibraryController,
    RememberCooperativeConsumer,
    AnswerGapsConsumer,
    RecommendItemsController,
  ],
  providers: [
    LibraryChanges,
    PublishedItems,
    WriteLibraryItemHandler,
    PublishLibraryItemHandler,
    WithdrawLibraryItemHandler,
    ReadLibraryHandler,
    IndexSignal,
    ItemIndexer,
    RepairIndexJob,
    IndexFollower,
    SearchLibraryHandler,
    RecommendItemsHandler,
  ],
})
export class ContentIndexingModule {
  static readonly service = 'content-indexing' as const;
}
