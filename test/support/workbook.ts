import { crc32, deflateRawSync } from 'node:zlib';

/** A cell: a text, a number, a number that is shown as a day, or a text that stands in the sheet itself. */
export type WorkbookCell = string | number | { day: number } | { inline: string };

/** An XLSX file of one sheet; `inside` makes its archive say another size of the sheet than it has. */
export function aWorkbook(rows: readonly (readonly WorkbookCell[])[], { inside }: { inside?: number } = {}): Buffer {
  const strings: string[] = [];
  const cell = (value: WorkbookCell, reference: string) => {
    if (value === '') return '';
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    if (typeof value === 'string') return `<c r="${reference}" t="s"><v>${strings.push(value) - 1}</v></c>`;
    if ('day' in value) return `<c r="${reference}" s="1"><v>${value.day}</v></c>`;
    return `<c r="${reference}" t="inlineStr"><is><t>${escape(value.inline)}</t></is></c>`;
  };
  const data = rows.map((cells, at) => {
    const row = at + 1;
    return `<row r="${row}">${cells.map((value, column) => cell(value, `${letters(column)}${row}`)).join('')}</row>`;
  });
  const relation = '<Relationship Id="rId1" Type="sheet" Target="worksheets/sheet1.xml"/>';
  return zip({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation}</Relationships>`,
    'xl/styles.xml': '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': { text: `<worksheet><sheetData>${data.join('')}</sheetData></worksheet>`, inside },
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${escape(text)}</t></si>`).join('')}</sst>`,
  });
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

/** A ZIP archive of these files, deflated. */
function zip(files: Record<string, string | { text: string; inside?: number }>): Buffer {
  const [parts, index]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [path, file] of Object.entries(files)) {
    const { text, inside } = typeof file === 'string' ? { text: file, inside: undefined } : file;
    const [name, bytes] = [Buffer.from(path), Buffer.from(text)];
    const packed = deflateRawSync(bytes);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(inside ?? bytes.length, 18);
    about.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), about, name, packed);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    index.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, more, name);
    offset += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(index);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
