import type { ItemKind } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ItemLanguage } from '../library-item/library-revision.schema';

/**
 * What the index holds of an item: tokens and facets, no text. Everything in it can be made again from the library. Items that are
 * gone stay as tombstones, so that a late event or an old replica never brings one back.
 */
@Schema({ collection: 'search_docs', versionKey: false, id: false })
export class SearchDoc {
  /** The item's id. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, enum: ['live', 'gone'], required: true }) state!: 'live' | 'gone';
  /** The version: the change of the library that this was made from. Written only where it is newer. */
  @Prop({ type: Number, required: true }) seq!: number;
  @Prop({ type: Number, required: true }) analyzerVersion!: number;
  @Prop({ type: Date, required: true }) indexedAt!: Date;
  @Prop({ type: Number }) revision?: number;
  /** The id of the revision's text. */
  @Prop({ type: String }) text?: string;
  @Prop({ type: String }) kind?: ItemKind;
  @Prop({ type: String }) language?: ItemLanguage;
  @Prop({ type: [String], default: undefined }) tags?: string[];
  @Prop({ type: Date }) publishedAt?: Date;
  @Prop({ type: [{ _id: false, t: String, f: Number }], default: undefined }) tokens?: { t: string; f: number }[];
  @Prop({ type: [String], default: undefined }) words?: string[];
}

/** A document that can be found. */
export type LiveDoc = Required<SearchDoc>;

export const SearchDocSchema = SchemaFactory.createForClass(SearchDoc);
SearchDocSchema.index({ seq: 1 });
