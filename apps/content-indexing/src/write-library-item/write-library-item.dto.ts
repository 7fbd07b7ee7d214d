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
  @MaxLength(200) @MinLength(3) @trimmed() @IsString() title!: string;
  @IsOptional() @MaxLength(500) @trimmed() @IsString() summary?: string;
  /** Markdown. */
  @MaxLength(200_000) @Matches(/\S/) @IsString() body!: string;
  @IsIn(LANGUAGES) language!: ItemLanguage;
  @IsOptional()
  @MaxLength(40, { each: true })
  @MinLength(1, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(20)
  @asTags()
  @IsArray()
  tags?: string[];
}
