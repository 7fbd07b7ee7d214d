import { event, type ItemKind, LibraryItemPublishedV1, LibraryItemWithdrawnV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { LibraryRevision } from './library-revision.schema';

export const ITEM_STATES = ['draft', 'published', 'withdrawn'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/**
 * An item of the library. Its texts are revisions; the item says which of them is the newest and which is served. The two differ
 * while an editor works on a published item.
 */
@Schema({ collection: 'library_items', versionKey: false })
export class LibraryItem {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, enum: ITEM_STATES, required: true }) state!: ItemState;
  /** The newest revision. */
  @Prop({ type: Number, required: true }) revision!: number;
  /** What of the newest revision a list of editors needs. */
  @Prop({ type: String, required: true }) kind!: ItemKind;
  @Prop({ type: String, required: true }) title!: string;
  /** The served revision and the id of its text; none unless published. */
  @Prop({ type: Number }) publishedRevision?: number;
  @Prop({ type: String }) publishedText?: string;
  @Prop({ type: Date }) publishedAt?: Date;
  @Prop({ type: String }) withdrawnReason?: string;
  /** The last change of the library that was about this item, and the last that the public saw. */
  @Prop({ type: Number, required: true }) seq!: number;
  @Prop({ type: Number, default: 0 }) publicSeq!: number;
  @Prop({ type: Date, required: true }) changedAt!: Date;
  /** Since when the index owes the last public change. */
  @Prop({ type: Date }) unindexedSince?: Date;
  /** Counts the item's events. */
  @Prop({ type: Number, default: 0 }) sequence!: number;
}

export type LibraryItemDocument = HydratedDocument<LibraryItem>;
export const LibraryItemSchema = SchemaFactory.createForClass(LibraryItem);
LibraryItemSchema.index({ seq: 1 });
LibraryItemSchema.index({ unindexedSince: 1 }, { sparse: true });

/** A new item, without text and without a place in the order of changes yet. */
export function newItem(): Pick<LibraryItem, '_id' | 'state' | 'revision'> {
  return { _id: newId(), state: 'draft', revision: 0 };
}

/** The fact that a revision became public. */
export function published(item: LibraryItem, text: LibraryRevision, at: Date): LibraryItemPublishedV1 {
  return event(LibraryItemPublishedV1, factOf(item, text, at));
}

/** The fact that the served revision was taken back. */
export function withdrawn(item: LibraryItem, text: LibraryRevision, at: Date): LibraryItemWithdrawnV1 {
  return event(LibraryItemWithdrawnV1, factOf(item, text, at));
}

function factOf(item: LibraryItem, { revision, kind, language }: LibraryRevision, at: Date) {
  return { itemId: item._id, revision, kind, language, effectiveOn: at.toISOString(), knownAt: at.toISOString() };
}
