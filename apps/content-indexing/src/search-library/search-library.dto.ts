import { ITEM_KINDS, type ItemKind } from '@idxcoop/contracts';
import { MAX_SEARCH_LIMIT, SEARCH_LIMIT } from './search-limits';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { type ItemLanguage, LANGUAGES } from '../library-item/library-revision.schema';

/** A parameter that was left empty (`kind=&tag=`) is as good as absent. */
const emptyIsAbsent = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

const lowerCase = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() || undefined : value,
  );

export class SearchLibraryQuery {
  @IsOptional() @MaxLength(200) @IsString() q: string = '';
  @IsOptional() @IsIn(ITEM_KINDS) @emptyIsAbsent() kind?: ItemKind;
  @IsOptional() @MaxLength(40) @IsString() @lowerCase() tag?: string;
  @IsOptional() @IsIn(LANGUAGES) @emptyIsAbsent() language?: ItemLanguage;
  @IsOptional() @Max(MAX_SEARCH_LIMIT) @Min(1) @IsInt() @Type(() => Number) @emptyIsAbsent() limit: number =
    SEARCH_LIMIT;
  @IsOptional() @MaxLength(1_000) @IsString() @emptyIsAbsent() cursor?: string;
  /** Wait until this change (a `seq` of the library) is in the index. */
  @IsOptional() @Min(0) @IsInt() @Type(() => Number) @emptyIsAbsent() minSeq?: number;
}
