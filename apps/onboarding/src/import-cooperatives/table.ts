import { oneLine } from '../one-line';

export const COLUMNS = [
  'external_id',
  'name',
  'form',
  'type',
  'principle',
  'region_code',
  'legal_entity_number',
  'nik_koperasi',
  'website',
  'contact_name',
  'contact_position',
  'contact_email',
  'contact_phone',
  'declared_ready_on',
  'verified_on',
  'known_at',
  'consent_version',
  'consent_on',
  'founded_on',
  'membership_regions',
] as const;
export type Column = (typeof COLUMNS)[number];
export const REQUIRED: readonly Column[] = ['name', 'form', 'type', 'region_code'];

/** One row of a file: its number as a spreadsheet shows it (the header is row 1), and its cells. */
export interface Row {
  row: number;
  cells: Partial<Record<Column, string>>;
  /** The row has more cells than the header. */
  overflow: boolean;
}

/** A row as it stands in the file. */
export interface RawRow {
  row: number;
  cells: readonly string[];
}

export interface HeaderError {
  code:
    | 'unknown_column'
    | 'missing_column'
    | 'repeated_column'
    | 'empty_file'
    | 'unclosed_quote'
    | 'damaged_file'
    | 'too_large_inside';
  column: string;
  /** Where it begins, if that is known. */
  row?: number;
}

/** Why a file cannot be worked on at all. */
export class TableError extends Error {
  constructor(readonly errors: readonly HeaderError[]) {
    super(errors.map(({ code }) => code).join(' '));
  }
}

/** Names the cells of rows by the first of them that is not empty. */
export async function* named(batches: AsyncIterable<RawRow[]>): AsyncGenerator<Row[]> {
  let header: string[] | undefined;
  for await (const batch of batches) {
    const rows: Row[] = [];
    for (const raw of batch) {
      if (!header) header = readHeader(raw.cells);
      else if (raw.cells.some((cell) => cell.trim() !== '')) rows.push(rowOf(raw, header));
    }
    if (rows.length > 0) yield rows;
  }
  if (!header) throw new TableError([{ code: 'empty_file', column: '' }]);
}

function rowOf({ row, cells }: RawRow, header: readonly string[]): Row {
  const known: Row['cells'] = {};
  for (const [at, name] of header.entries()) {
    const cell = oneLine(cells[at] ?? '');
    if (cell) known[name as Column] = cell;
  }
  return { row, cells: known, overflow: cells.slice(header.length).some((cell) => cell.trim() !== '') };
}

function readHeader(cells: readonly string[]): string[] {
  const header = cells.map((name) => name.trim().toLowerCase());
  // Excel writes empty columns to the right of the table; what stands in them is caught as overflow.
  while (header.length > 1 && header.at(-1) === '') header.pop();
  const errors = headerErrors(header);
  if (errors.length > 0) throw new TableError(errors);
  return header;
}

function headerErrors(header: string[]): HeaderError[] {
  if (header.every((name) => name === '')) return [{ code: 'empty_file', column: '' }];
  const unknown = header.filter((name) => !COLUMNS.includes(name as Column)).slice(0, COLUMNS.length);
  const repeated = header.filter((name, at) => header.indexOf(name) !== at && !unknown.includes(name));
  const missing = REQUIRED.filter((name) => !header.includes(name));
  return [
    ...unknown.map((column): HeaderError => ({ code: 'unknown_column', column })),
    ...repeated.map((column): HeaderError => ({ code: 'repeated_column', column })),
    ...missing.map((column): HeaderError => ({ code: 'missing_column', column })),
  ];
}
