import { decoded, FileProbe } from './file-kind';
import { readTable } from './read-table';
import { type HeaderError, type Row, TableError } from './table';

const HEADER = 'name,form,type,region_code';

/** A file in pieces that cut words, signs and records anywhere. */
async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function probe(bytes: Buffer): FileProbe {
  const probed = new FileProbe();
  for (let at = 0; at < bytes.length; at += 3) probed.push(bytes.subarray(at, at + 3));
  return probed;
}

async function read(text: string | Buffer, size = 1_000): Promise<{ rows?: Row[]; errors?: readonly HeaderError[] }> {
  const bytes = Buffer.from(text);
  try {
    const rows: Row[] = [];
    const encoding = probe(bytes).encoding();
    for await (const some of readTable({ kind: 'csv', encoding, parts: () => pieces(bytes, size) })) rows.push(...some);
    return { rows };
  } catch (error) {
    if (error instanceof TableError) return { errors: error.errors };
    throw error;
  }
}

describe(readTable.name, () => {
  it.each([
    ['commas', `${HEADER}\nMaju,primary,service,12.71\n`],
    ['semicolons', 'name;form;type;region_code\r\nMaju;primary;service;12.71\r\n'],
    ['tabs', 'name\tform\ttype\tregion_code\nMaju\tprimary\tservice\t12.71'],
    ['empty columns to the right', `${HEADER},,\nMaju,primary,service,12.71,,`],
    ['a byte order mark', `\ufeff${HEADER}\nMaju,primary,service,12.71`],
    ["Excel's sep line", 'sep=;\nname;form;type;region_code\nMaju;primary;service;12.71'],
    ['another order and capitals', 'Region_Code , TYPE,form,name\n12.71,service,primary,Maju'],
  ])('reads %s, however it is cut', async (_case, text) => {
    for (const size of [1, 2, 7, 1_000]) {
      const { rows } = await read(text, size);
      expect(rows).toMatchObject([{ cells: { name: 'Maju', form: 'primary', type: 'service', region_code: '12.71' } }]);
    }
  });

  it('reads quotation marks, commas and breaks inside of cells', async () => {
    for (const size of [1, 3, 1_000]) {
      const { rows } = await read(`${HEADER}\r\n"A ""B"", C" ,primary,service,12\r\n"D\r\nE",primary,service,12`, size);
      expect(rows?.map(({ row, cells }) => [row, cells.name])).toEqual([
        [2, 'A "B", C'],
        [3, 'D E'],
      ]);
    }
  });

  it('numbers rows as a spreadsheet does, and passes over empty ones', async () => {
    const { rows } = await read(`${HEADER}\nA,primary,service,12\n,,,\n\n"B\nC",primary,service,12\nD,,,`);
    expect(rows?.map(({ row, cells }) => [row, cells.name])).toEqual([
      [2, 'A'],
      [5, 'B C'],
      [6, 'D'],
    ]);
  });

  it.each([
    ['in the header', `"${HEADER}\nA,primary,service,12`, 1],
    ['in a row', `${HEADER}\nA,primary,service,12\n"B,primary,service,12\nC,primary,service,12`, 3],
  ])('refuses a quotation mark that is not closed %s', async (_case, text, row) => {
    expect((await read(text)).errors).toEqual([{ code: 'unclosed_quote', column: '', row }]);
  });

  it('sees cells beyond the header', async () => {
    expect((await read(`${HEADER}\nA,primary,service,12,,\nB,primary,service,12,x`)).rows).toMatchObject([
      { overflow: false },
      { overflow: true },
    ]);
  });

  it.each([
    ['unknown_column', 'phone', `${HEADER},phone\n`],
    ['unknown_column', '', `,${HEADER}\n`],
    ['repeated_column', 'name', `${HEADER},name\n`],
    ['missing_column', 'type', 'name,form,region_code\n'],
    ['empty_file', '', ''],
  ])('refuses a header with %s %s', async (code, column, text) => {
    expect((await read(text)).errors).toContainEqual({ code, column });
  });
});

describe(FileProbe.name, () => {
  const text = async (bytes: Buffer) => {
    let all = '';
    for await (const part of decoded(pieces(bytes, 1), probe(bytes).encoding())) all += part;
    return all;
  };

  it.each([
    ['Windows-1252 where the bytes are not UTF-8', Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0x96]), 'Café –'],
    ['UTF-8 whose signs are cut', Buffer.from('Café – Kudus'), 'Café – Kudus'],
    ['UTF-16 by its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('nama', 'utf16le')]), 'nama'],
  ])('reads %s', async (_case, bytes, expected) => {
    expect(await text(bytes)).toBe(expected);
  });

  it.each([
    ['a spreadsheet', Buffer.from('PK\x03\x04rest'), 'xlsx'],
    ['a PDF', Buffer.from('%PDF-1.7'), null],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), null],
    ['zero bytes', Buffer.from([65, 0, 66]), null],
    ['text', Buffer.from(HEADER), 'csv'],
    ['UTF-16', Buffer.from([0xff, 0xfe, 65, 0]), 'csv'],
  ])('judges %s', (_case, bytes, kind) => {
    expect(probe(bytes).kind).toBe(kind);
  });
});
