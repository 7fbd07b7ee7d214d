import { aWorkbook } from '../../../../test/support/workbook';
import { cellText, isDateFormat } from './cell-text';
import { readTable } from './read-table';
import { readSheet } from './sheet';
import { type RawRow, type Row, TableError } from './table';

const HEADER = ['name', 'form', 'type', 'region_code', 'declared_ready_on'];

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

async function all<Item>(batches: AsyncIterable<Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const some of batches) items.push(...some);
  return items;
}

const rowsOf = (book: Buffer): Promise<RawRow[]> => all(readSheet(pieces(book)));

describe(readSheet.name, () => {
  it('reads texts, numbers and days as they are shown, and numbers rows as the sheet does', async () => {
    const book = aWorkbook([
      HEADER,
      ['Koperasi <Maju> & Jaya', 'primary', 'service', 12.71, { day: 44_112 }],
      [],
      ['', 'primary', { inline: 'service' }, '12.71', 44_112],
    ]);
    expect(await rowsOf(book)).toEqual([
      { row: 1, cells: HEADER },
      { row: 2, cells: ['Koperasi <Maju> & Jaya', 'primary', 'service', '12.71', '2020-10-08'] },
      { row: 4, cells: ['', 'primary', 'service', '12.71', '44112'] },
    ]);
  });

  it('gives an import the same rows as a CSV', async () => {
    const book = aWorkbook([HEADER, ['Maju', 'primary', 'service', '12.71', { day: 44_112 }]]);
    const rows: Row[] = await all(readTable({ kind: 'xlsx', encoding: 'utf-8', parts: () => pieces(book) }));
    const cells = { name: 'Maju', form: 'primary', type: 'service', region_code: '12.71' };
    expect(rows).toEqual([{ row: 2, cells: { ...cells, declared_ready_on: '2020-10-08' }, overflow: false }]);
  });

  it.each<[string, Buffer, string]>([
    ['is no archive', Buffer.from('PK\x03\x04rest'), 'damaged_file'],
    ['is cut off', aWorkbook([HEADER]).subarray(0, 400), 'damaged_file'],
    ['says that more is inside than may be', aWorkbook([HEADER], { inside: 0x7fffffff }), 'too_large_inside'],
    ['holds more than it says', aWorkbook([HEADER], { inside: 10 }), 'damaged_file'],
  ])('refuses a file that %s', async (_case, book, code) => {
    const failed = await rowsOf(book).catch((error) => error);
    expect(failed).toBeInstanceOf(TableError);
    expect(failed.errors).toEqual([{ code, column: '' }]);
  });
});

describe(cellText.name, () => {
  it.each<[string, string, boolean, boolean, string]>([
    ['1271010010001', 'n', false, false, '1271010010001'],
    ['1.271010010001E12', 'n', false, false, '1271010010001'],
    ['12.710000000000001', 'n', false, false, '12.71'],
    ['44112', 'n', true, false, '2020-10-08'],
    ['42650', 'n', true, true, '2020-10-08'],
    ['44112.333333333336', 'n', true, false, '2020-10-08T08:00:00+07:00'],
    ['2020-10-08T00:00:00', 'd', false, false, '2020-10-08'],
    ['#N/A', 'e', false, false, ''],
    ['teks', 'str', false, false, 'teks'],
  ])('of %s as %s (date %s, 1904 %s) is %s', (value, kind, isDate, is1904, text) => {
    expect(cellText(value, kind, isDate, is1904)).toBe(text);
  });
});

describe(isDateFormat.name, () => {
  it.each<[string | number, boolean]>([
    [14, true],
    [0, false],
    [2, false],
    ['dd/mm/yyyy', true],
    ['[$-421]dd mmmm yyyy', true],
    ['0.00 "hari"', false],
    ['General', false],
    ['[Red]#,##0', false],
  ])('of %s is %s', (format, isDate) => {
    const own = typeof format === 'string' ? new Map([[164, format]]) : new Map<number, string>();
    expect(isDateFormat(typeof format === 'string' ? 164 : format, own)).toBe(isDate);
  });
});
