import { decodeCursor, fieldError, type Page, page, type PageQuery, refusal } from '@idxcoop/platform';
import { readInstant } from '../progress/question';

/** The text that a cursor of ours names; undefined without a cursor, and 422 where it names none. */
export function namedBy(cursor: string | undefined, member: string): string | undefined {
  const position = decodeCursor<Record<string, unknown>>(cursor);
  if (!position) return undefined;
  const named = position[member];
  if (typeof named !== 'string') throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return named;
}

/** The instant up to which the page before this one knew things. */
export function knownAtInCursor(cursor: string | undefined): string | undefined {
  const knownAt = namedBy(cursor, 'knownAt');
  if (knownAt !== undefined && !readInstant(knownAt)) throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return knownAt;
}

/** A page of a list that is known as a whole, in the order of its keys; `more` goes with the cursor to the next question. */
export function pageAfter<T>(
  rows: readonly T[],
  { limit, cursor }: PageQuery,
  keyOf: (row: T) => string,
  more: Record<string, string> = {},
): Page<T> {
  const after = namedBy(cursor, 'after');
  const start = after === undefined ? 0 : rows.findIndex((row) => keyOf(row) > after);
  const rest = start < 0 ? [] : rows.slice(start, start + limit + 1);
  return page(rest, limit, (last) => ({ after: keyOf(last), ...more }));
}
