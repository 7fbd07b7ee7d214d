import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { fieldError, refusal } from './validation.pipe';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

/** The parameters of every list: extend it for a list's own filters. */
export class PageQuery {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(MAX_LIMIT) limit: number = DEFAULT_LIMIT;
  @IsOptional() @IsString() @MaxLength(1_000) cursor?: string;
}

/** A part of a list and how to go on. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** A page of rows that were read with `limit + 1`: the row too many says that there is more. */
export function page<R, T = R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (last: R) => object,
  view: (row: R) => T = (row) => row as unknown as T,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null;
  return { items: items.map(view), nextCursor };
}

/** Where a page ended, as an opaque text. */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** What a cursor says, or undefined without one; a text that is no cursor is refused with 422. */
export function decodeCursor<T extends object>(cursor: string | undefined): T | undefined {
  if (!cursor) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (position && typeof position === 'object' && !Array.isArray(position)) return position as T;
  } catch {
    // Refused below, like everything else that we did not make.
  }
  throw refusal([fieldError('/cursor', 'bad_cursor')]);
}
