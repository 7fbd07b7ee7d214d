import { readCsv } from './csv';
import type { Encoding, FileKind } from './file-kind';
import { readSheet } from './sheet';
import { named, type Row } from './table';

/** A file that was taken in. */
export interface TableFile {
  kind: FileKind;
  encoding: Encoding;
  parts(): AsyncIterable<Buffer>;
}

/** The rows of a file, some at a time, the same each time; throws `TableError` where it cannot be read. */
export function readTable({ kind, encoding, parts }: TableFile): AsyncGenerator<Row[]> {
  return named(kind === 'xlsx' ? readSheet(parts()) : readCsv(parts(), encoding));
}
