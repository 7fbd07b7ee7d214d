import { Outbox } from '@idxcoop/messaging';
import { Clock, IdempotencyKeys, Mongo, notFound, requireMatch } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Changed, LibraryChanges } from '../library-item/library-changes';
import { LibraryChange } from '../library-item/library-change.schema';
import { LibraryItem, withdrawn } from '../library-item/library-item.schema';
import { LibraryRevision } from '../library-item/library-revision.schema';
import { notPublished } from '../problems.templates';

/** Takes an item back: from the commit on it is not served, whatever the index still holds. Doing it twice changes nothing. */
@Injectable()
export class WithdrawLibraryItemHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
    @InjectModel(LibraryChange.name) private readonly log: Model<LibraryChange>,
    private readonly changes: LibraryChanges,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  execute(id: string, reason: string, by: string, ifMatch?: string): Promise<Changed> {
    return this.mongo.transaction(async (session) => {
      const item = await this.items.findById(id).session(session);
      if (!item) throw notFound();
      if (ifMatch !== undefined) requireMatch(ifMatch, item.seq);
      if (item.state === 'draft') throw notPublished();
      if (item.state === 'withdrawn') {
        const { revision, seq } = await this.log.findOne({ itemId: id, seq: item.publicSeq }).session(session).orFail();
        return { id, revision, state: 'withdrawn', seq };
      }
      const text = await this.revisions.findById(item.publishedText).session(session).orFail();
      const at = this.clock.now();
      const { revision } = text;
      item.set({ state: 'withdrawn', withdrawnReason: reason });
      item.set({ publishedRevision: undefined, publishedText: undefined, publishedAt: undefined });
      const changed = await this.changes.note(item, { revision, state: 'withdrawn', reason, by, at }, session);
      await this.outbox.add(item, withdrawn(item, text, at), session);
      await item.save({ session });
      await this.idempotency.record(changed, session);
      return changed;
    });
  }
}
