import { IsIn, IsInt, IsUUID, Min } from 'class-validator';
import { DatedFact } from '../dated';

export const ITEM_KINDS = [
  'article',
  'practice',
  'case_study',
  'video',
  'training',
  'regulation',
  'app_listing',
  'form',
  'question',
  'event',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What every fact about a library item carries. */
export abstract class LibraryItemFact extends DatedFact {
  @IsUUID() itemId!: string;
  @IsInt() @Min(1) revision!: number;
  @IsIn(ITEM_KINDS) kind!: ItemKind;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
}
