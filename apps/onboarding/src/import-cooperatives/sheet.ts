import { cellText, isDateFormat } from './cell-text';
import { SharedStrings } from './shared-strings';
import type { RawRow } from './table';
import { damaged, Workbook } from './workbook';

/** Cells beyond are too many, whatever is in them. */
const MOST_CELLS = 200;

/** The rows of the first sheet of an XLSX file that is not hidden. The file is held packed, its sheet streams. */
export async function* readSheet(parts: AsyncIterable<Buffer>): AsyncGenerator<RawRow[]> {
  const pieces: Buffer[] = [];
  for await (const part of parts) pieces.push(part);
  const book = await Workbook.open(Buffer.concat(pieces));
  pieces.length = 0;
  const { path, is1904 } = await firstSheet(book);
  const dates = await dateStyles(book);
  const strings = await sharedStrings(book);
  let rows: RawRow[] = [];
  let cells: string[] = [];
  let [row, column, next] = [0, 0, 0];
  let [kind, isDate] = ['n', false];
  let value: string | undefined;
  let isValue = false;
  const reader = {
    open(name: string, at: Readonly<Record<string, string>>) {
      if (name === 'row') {
        row = Number(at.r) || row + 1;
        [cells, next] = [[], 0];
      } else if (name === 'c') {
        column = at.r ? columnOf(at.r) : next;
        next = column + 1;
        [kind, isDate, value] = [at.t ?? 'n', dates[Number(at.s ?? 0)] ?? false, ''];
        isValue = false;
      } else if (name === 'v' || name === 't') isValue = true;
    },
    text(text: string) {
      if (isValue && value !== undefined) value += text;
    },
    close(name: string) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'c' && value !== undefined) {
        const text = kind === 's' ? strings.at(Number(value)) : cellText(value, kind, isDate, is1904);
        value = undefined;
        if (text === '') return;
        const place = Math.min(column, MOST_CELLS);
        while (cells.length < place) cells.push('');
        cells[place] = text;
      } else if (name === 'row' && cells.length > 0) rows.push({ row, cells });
    },
  };
  yield* book.read(path, reader, () => {
    const read = rows;
    rows = [];
    return read;
  });
}

async function firstSheet(book: Workbook): Promise<{ path: string; is1904: boolean }> {
  let [id, is1904, target] = ['', false, ''];
  if (!book.has('xl/workbook.xml')) throw damaged();
  await book.readAll('xl/workbook.xml', {
    open(name, at) {
      if (name === 'workbookPr') is1904 = at.date1904 === '1' || at.date1904 === 'true';
      const isShown = at.state === undefined || at.state === 'visible';
      const found = Object.entries(at).find(([key]) => key.endsWith(':id'))?.[1];
      if (name === 'sheet' && isShown && !id && found) id = found;
    },
  });
  await book.readAll('xl/_rels/workbook.xml.rels', {
    open(name, at) {
      if (name === 'Relationship' && at.Id === id) target = at.Target ?? '';
    },
  });
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!target || !book.has(path)) throw damaged();
  return { path, is1904 };
}

/** Which formats of cells show a number as a date. */
async function dateStyles(book: Workbook): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (!book.has('xl/styles.xml')) return styles;
  const own = new Map<number, string>();
  let inFormats = false;
  await book.readAll('xl/styles.xml', {
    open(name, at) {
      if (name === 'numFmt') own.set(Number(at.numFmtId), at.formatCode ?? '');
      else if (name === 'cellXfs') inFormats = true;
      else if (name === 'xf' && inFormats) styles.push(isDateFormat(Number(at.numFmtId ?? 0), own));
    },
    close(name) {
      if (name === 'cellXfs') inFormats = false;
    },
  });
  return styles;
}

async function sharedStrings(book: Workbook): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (!book.has('xl/sharedStrings.xml')) return strings;
  let [text, isText, isReading] = ['', false, false];
  await book.readAll('xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text = '';
      // How a word is read aloud is no part of it.
      else if (name === 'rPh') isReading = true;
      else if (name === 't') isText = !isReading;
    },
    text(part) {
      if (isText) text += part;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isReading = false;
      else if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

/** `AB12` is column 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return Math.max(0, column - 1);
}
