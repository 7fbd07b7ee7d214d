import { decode, isBinary, readTable } from './csv';

const HEADER = 'name,form,type,region_code';

describe(readTable.name, () => {
  it.each([
    ['commas', `${HEADER}\nMaju,primary,service,12.71\n`],
    ['semicolons', 'name;form;type;region_code\r\nMaju;primary;service;12.71\r\n'],
    ['tabs', 'name\tform\ttype\tregion_code\nMaju\tprimary\tservice\t12.71'],
    ['empty columns to the right', `${HEADER},,\nMaju,primary,service,12.71,,`],
    ['a byte order mark', `\ufeff${HEADER}\nMaju,primary,service,12.71`],
    ["Excel's sep line", 'sep=;\nname;form;type;region_code\nMaju;primary;service;12.71'],
    ['another order and capitals', 'Region_Code , TYPE,form,name\n12.71,service,primary,Maju'],
  ])('reads %s', (_case, text) => {
    const { rows } = readTable(Buffer.from(text));
    expect(rows).toMatchObject([{ cells: { name: 'Maju', form: 'primary', type: 'service', region_code: '12.71' } }]);
  });

  it('numbers rows as a spreadsheet does, and passes over empty ones', () => {
    const { rows } = readTable(Buffer.from(`${HEADER}\nA,primary,service,12\n,,,\n\n"B\nC",primary,service,12\nD,,,`));
    expect(rows?.map(({ row, cells }) => [row, cells.name])).toEqual([
      [2, 'A'],
      [5, 'B C'],
      [6, 'D'],
    ]);
  });

  it.each([
    ['in the header', `"${HEADER}\nA,primary,service,12`, 1],
    ['in a row', `${HEADER}\nA,primary,service,12\n"B,primary,service,12\nC,primary,service,12`, 3],
  ])('refuses a quotation mark that is not closed %s', (_case, text, row) => {
    expect(readTable(Buffer.from(text)).errors).toEqual([{ code: 'unclosed_quote', column: '', row }]);
  });

  it('sees cells beyond the header', () => {
    expect(readTable(Buffer.from(`${HEADER}\nA,primary,service,12,,\nB,primary,service,12,x`)).rows).toMatchObject([
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
  ])('refuses a header with %s %s', (code, column, text) => {
    expect(readTable(Buffer.from(text)).errors).toContainEqual({ code, column });
  });
});

describe(decode.name, () => {
  it('reads Windows-1252 where the bytes are not UTF-8', () => {
    expect(decode(Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0x96]))).toBe('Café –');
  });

  it('reads UTF-16 by its mark', () => {
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('nama', 'utf16le')]))).toBe('nama');
  });
});

describe(isBinary.name, () => {
  it.each([
    ['a spreadsheet', Buffer.from('PK\x03\x04rest'), true],
    ['a PDF', Buffer.from('%PDF-1.7'), true],
    ['zero bytes', Buffer.from([65, 0, 66]), true],
    ['text', Buffer.from(HEADER), false],
    ['UTF-16', Buffer.from([0xff, 0xfe, 65, 0]), false],
  ])('judges %s', (_case, bytes, binary) => {
    expect(isBinary(bytes)).toBe(binary);
  });
});
