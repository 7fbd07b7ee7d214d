import { v7 } from 'uuid';

/** A new UUIDv7: unique, and ordered by the millisecond in which it was made. */
export function newId(): string {
  return v7();
}
