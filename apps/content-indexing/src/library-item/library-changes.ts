import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { LibraryChange, LibraryCounter } from './library-change.schema';
import type { ItemState, LibraryItem } from './library-item.schema';

/** What a change of an item answers. */
export interface Changed {
  id: string;
  revision: number;
  state: ItemState;
  seq: number;
}

/** Gives each change of the library its number and keeps it. */
@Injectable()
export class LibraryChanges {
  constructor(
    @InjectModel(LibraryChange.name) private readonly changes: Model<LibraryChange>,
    @InjectModel(LibraryCounter.name) private readonly counters: Model<LibraryCounter>,
  ) {}

  /** Notes a change of an item in its transaction; the item is saved by the caller afterwards. */
  async note(
    item: LibraryItem,
    change: { revision: number; state: ItemState; reason?: string; by: string; at: Date },
    session: ClientSession,
  ): Promise<Changed> {
    const counter = await this.counters.findOneAndUpdate(
      { _id: 'library' },
      { $inc: { value: 1 } },
      { session, upsert: true, returnDocument: 'after' },
    );
    const seq = counter.value;
    await this.changes.create([{ ...change, seq, itemId: item._id }], { session });
    item.seq = seq;
    item.changedAt = change.at;
    if (change.state !== 'draft') {
      item.publicSeq = seq;
      item.unindexedSince = change.at;
    }
    return { id: item._id, revision: change.revision, state: change.state, seq };
  }
}
