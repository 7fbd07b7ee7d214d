import { ITEM_KINDS, type ItemKind } from '@idxcoop/contracts';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { type ItemLanguage, LANGUAGES, type Manuscript } from '../library-item/library-revision.schema';

const trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : value));

/** Tags are compared as they are written: lower case, once each. */
const asTags = () =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value)
      ? [...new Set(value.map((tag: unknown) => (typeof tag === 'string' ? tag.trim().toLowerCase() : tag)))]
      : value,
  );

/** The whole text of an item, as an editor writes it. */
export class WriteLibraryItemDto implements Manuscript {
  @IsIn(ITEM_KINDS) kind!: ItemKind;
  @IsString() @trimmed() @MinLength(3) @MaxLength(200) title!: string;
  @IsOptional() @IsString() @trimmed() @MaxLength(500) summary?: string;
  /** Markdown. */
  @IsString() @Matches(/\S/) @MaxLength(200_000) body!: string;
  @IsIn(LANGUAGES) language!: ItemLanguage;
  @IsOptional()
  @IsArray()
  @asTags()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(40, { each: true })
  tags?: string[];
}
