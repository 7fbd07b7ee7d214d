import type { ItemKind } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { plainText } from './plain-text';

export const LANGUAGES = ['id', 'en'] as const;
export type ItemLanguage = (typeof LANGUAGES)[number];

/** What an editor writes. */
export interface Manuscript {
  kind: ItemKind;
  title: string;
  summary?: string;
  body: string;
  language: ItemLanguage;
  tags?: string[];
}

/** One text of an item. Never changed: a correction is the next revision. */
@Schema({ collection: 'library_revisions', versionKey: false, id: false })
export class LibraryRevision {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true, immutable: true }) itemId!: string;
  @Prop({ type: Number, required: true, immutable: true }) revision!: number;
  @Prop({ type: String, required: true, immutable: true }) kind!: ItemKind;
  @Prop({ type: String, required: true, immutable: true }) title!: string;
  @Prop({ type: String, default: '', immutable: true }) summary!: string;
  /** Markdown, kept as it was given. */
  @Prop({ type: String, required: true, immutable: true }) body!: string;
  /** The body without its markup: for the index and for snippets. */
  @Prop({ type: String, default: '', immutable: true }) text!: string;
  @Prop({ type: String, enum: LANGUAGES, required: true, immutable: true }) language!: ItemLanguage;
  @Prop({ type: [String], immutable: true }) tags!: string[];
  @Prop({ type: String, required: true, immutable: true }) writtenBy!: string;
  @Prop({ type: Date, required: true, immutable: true }) writtenAt!: Date;
}

export const LibraryRevisionSchema = SchemaFactory.createForClass(LibraryRevision);
LibraryRevisionSchema.index({ itemId: 1, revision: 1 }, { unique: true, name: 'one_text_per_revision' });

/** The text of a revision, as it is kept. */
export function newRevision(
  itemId: string,
  revision: number,
  manuscript: Manuscript,
  written: { by: string; at: Date },
): LibraryRevision {
  const { kind, title, summary = '', body, language, tags = [] } = manuscript;
  return {
    _id: newId(),
    itemId,
    revision,
    kind,
    title,
    summary,
    body,
    text: plainText(body),
    language,
    tags,
    writtenBy: written.by,
    writtenAt: written.at,
  };
}
