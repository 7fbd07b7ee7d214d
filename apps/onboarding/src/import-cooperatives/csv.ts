import { parse } from 'papaparse';
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

export interface HeaderError {
  code: 'unknown_column' | 'missing_column' | 'repeated_column' | 'empty_file' | 'unclosed_quote';
  column: string;
  /** Where it begins, if that is known. */
  row?: number;
}

export type Table = { rows: Row[]; errors?: undefined } | { rows?: undefined; errors: HeaderError[] };

/** Bytes that begin like a spreadsheet, an archive, a PDF or another binary file. */
export function isBinary(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('latin1');
  if (start.startsWith('PK') || start === '%PDF' || start === '\xd0\xcf\x11\xe0') return true;
  return !hasUtf16Mark(bytes) && bytes.subarray(0, 4096).includes(0);
}

/** UTF-8 with or without a mark, UTF-16 with one, and else Windows-1252: what Excel saves in Indonesia. */
export function decode(bytes: Buffer): string {
  if (hasUtf16Mark(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not TextDecoder('windows-1252'): Node 20 decodes 0x80–0x9f as if it were Latin-1.
    return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
  }
}

/** Characters 0x80 to 0x9f of Windows-1252, which Latin-1 leaves to controls. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Reads a CSV file: comma, semicolon or tab, columns in any order. */
export function readTable(bytes: Buffer): Table {
  const text = decode(bytes).replace(/^sep=.\r?\n/i, '');
  const delimiter = delimiterOf(text);
  const { data, errors: broken } = parse<string[]>(text, { delimiter, skipEmptyLines: false });
  // Everything from the quote on would be one cell: nothing after it can be trusted.
  const unclosed = broken.find(({ type }) => type === 'Quotes');
  if (unclosed) return { errors: [{ code: 'unclosed_quote', column: '', row: (unclosed.row ?? 0) + 1 }] };
  const header = (data[0] ?? []).map((name) => name.trim().toLowerCase());
  // Excel writes empty columns to the right of the table; what stands in them is caught as overflow.
  while (header.length > 1 && header.at(-1) === '') header.pop();
  const errors = headerErrors(header);
  if (errors.length > 0) return { errors };
  const rows = data.slice(1).flatMap((cells, index): Row[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const named = header.flatMap((name, at) => {
      const cell = oneLine(cells[at] ?? '');
      return cell ? [[name as Column, cell] as const] : [];
    });
    const overflow = cells.slice(header.length).some((cell) => cell.trim() !== '');
    return [{ row: index + 2, cells: Object.fromEntries(named) as Row['cells'], overflow }];
  });
  return { rows };
}

function hasUtf16Mark(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** The sign that stands most often in the header; no column name holds any of them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function headerErrors(header: string[]): HeaderError[] {
  if (header.every((name) => name === '')) return [{ code: 'empty_file', column: '' }];
  const unknown = header.filter((name) => !COLUMNS.includes(name as Column));
  const repeated = header.filter((name, at) => header.indexOf(name) !== at && !unknown.includes(name));
  const missing = REQUIRED.filter((name) => !header.includes(name));
  return [
    ...unknown.map((column): HeaderError => ({ code: 'unknown_column', column })),
    ...repeated.map((column): HeaderError => ({ code: 'repeated_column', column })),
    ...missing.map((column): HeaderError => ({ code: 'missing_column', column })),
  ];
}
