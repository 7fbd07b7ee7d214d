import { ITEM_KINDS, type ItemKind } from '@idxcoop/contracts';
import { MAX_SEARCH_LIMIT, SEARCH_LIMIT } from './search-limits';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { type ItemLanguage, LANGUAGES } from '../library-item/library-revision.schema';

/** A parameter that was left empty (`kind=&tag=`) is as good as absent. */
const emptyIsAbsent = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

const asNumber = (otherwise?: number) =>
  Transform(({ value }: { value: unknown }) => (value === '' || value === undefined ? otherwise : Number(value)));

const lowerCase = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() || undefined : value,
  );

export class SearchLibraryQuery {
  @IsOptional() @IsString() @MaxLength(200) q: string = '';
  @IsOptional() @emptyIsAbsent() @IsIn(ITEM_KINDS) kind?: ItemKind;
  @IsOptional() @lowerCase() @IsString() @MaxLength(40) tag?: string;
  @IsOptional() @emptyIsAbsent() @IsIn(LANGUAGES) language?: ItemLanguage;
  @IsOptional() @asNumber(SEARCH_LIMIT) @IsInt() @Min(1) @Max(MAX_SEARCH_LIMIT) limit: number = SEARCH_LIMIT;
  @IsOptional() @emptyIsAbsent() @IsString() @MaxLength(1_000) cursor?: string;
  /** Wait until this change (a `seq` of the library) is in the index. */
  @IsOptional() @asNumber() @IsInt() @Min(0) minSeq?: number;
}
