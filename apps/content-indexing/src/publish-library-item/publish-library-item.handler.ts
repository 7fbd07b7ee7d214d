import { Outbox } from '@idxcoop/messaging';
import { Clock, IdempotencyKeys, Mongo, notFound, requireMatch } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Changed, LibraryChanges } from '../library-item/library-changes';
import { LibraryItem, published } from '../library-item/library-item.schema';
import { LibraryRevision } from '../library-item/library-revision.schema';

/** Makes the newest revision of an item the one that is served. Publishing what is served already changes nothing. */
@Injectable()
export class PublishLibraryItemHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
    private readonly changes: LibraryChanges,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  execute(id: string, by: string, ifMatch?: string): Promise<Changed> {
    return this.mongo.transaction(async (session) => {
      const item = await this.items.findById(id).session(session);
      if (!item) throw notFound();
      if (ifMatch !== undefined) requireMatch(ifMatch, item.seq);
      const { revision } = item;
      if (item.state === 'published' && item.publishedRevision === revision) {
        return { id, revision, state: item.state, seq: item.publicSeq };
      }
      const text = await this.revisions.findOne({ itemId: id, revision }).session(session).orFail();
      const at = this.clock.now();
      item.set({ state: 'published', publishedRevision: revision, publishedText: text._id, publishedAt: at });
      item.withdrawnReason = undefined;
      const changed = await this.changes.note(item, { revision, state: 'published', by, at }, session);
      await this.outbox.add(item, published(item, text, at), session);
      await item.save({ session });
      await this.idempotency.record(changed, session);
      return changed;
    });
  }
}
