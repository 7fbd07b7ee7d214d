import { Clock, IdempotencyKeys, Mongo, notFound, requireMatch } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { type Changed, LibraryChanges } from '../library-item/library-changes';
import { LibraryItem, type LibraryItemDocument, newItem } from '../library-item/library-item.schema';
import { LibraryRevision, type Manuscript, newRevision } from '../library-item/library-revision.schema';

/** Keeps what an editor wrote as the next revision. What is served stays as it is until that is published. */
@Injectable()
export class WriteLibraryItemHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(LibraryItem.name) private readonly items: Model<LibraryItem>,
    @InjectModel(LibraryRevision.name) private readonly revisions: Model<LibraryRevision>,
    private readonly changes: LibraryChanges,
    private readonly clock: Clock,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  /** A new item, as a draft. */
  create(manuscript: Manuscript, by: string): Promise<Changed> {
    return this.mongo.transaction(async (session) => {
      const item: LibraryItemDocument = new this.items(newItem());
      const changed = await this.write(item, manuscript, by, session);
      const { id, revision, state } = changed;
      await this.idempotency.record({ id, revision, state }, session);
      return changed;
    });
  }

  /** The next revision of an item; `ifMatch`, where given, names the change that the editor saw. */
  revise(id: string, manuscript: Manuscript, by: string, ifMatch?: string): Promise<Changed> {
    return this.mongo.transaction(async (session) => {
      const item = await this.items.findById(id).session(session);
      if (!item) throw notFound();
      if (ifMatch !== undefined) requireMatch(ifMatch, item.seq);
      return this.write(item, manuscript, by, session);
    });
  }

  private async write(
    item: LibraryItemDocument,
    manuscript: Manuscript,
    by: string,
    session: ClientSession,
  ): Promise<Changed> {
    const at = this.clock.now();
    item.revision += 1;
    item.kind = manuscript.kind;
    item.title = manuscript.title;
    await this.revisions.create([newRevision(item._id, item.revision, manuscript, { by, at })], { session });
    const changed = await this.changes.note(item, { revision: item.revision, state: 'draft', by, at }, session);
    await item.save({ session });
    return changed;
  }
}
