import { decoded, type Encoding } from './file-kind';
import { type RawRow, TableError } from './table';

/** More than this in one record is a quotation mark that was never closed. */
const LONGEST_RECORD = 200_000;

/** The header ends within so many characters. */
const LONGEST_HEADER = 10_000;

/** The rows of a CSV file: comma, semicolon or tab, however its bytes are cut. */
export async function* readCsv(parts: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<RawRow[]> {
  let splitter: CsvSplitter | undefined;
  let start = '';
  for await (const text of decoded(parts, encoding)) {
    if (splitter) {
      yield splitter.push(text);
      continue;
    }
    start = (start + text).replace(/^\ufeff?sep=.\r?\n/i, '').replace(/^\ufeff/, '');
    // A sep line may be cut in two.
    if (start.length < LONGEST_HEADER && !/[\r\n]./.test(start)) continue;
    splitter = new CsvSplitter(delimiterOf(start));
    yield splitter.push(start);
  }
  if (!splitter) {
    splitter = new CsvSplitter(delimiterOf(start));
    yield splitter.push(start);
  }
  yield splitter.end();
}

/** Cuts text into records and cells as it comes; holds one record at most. */
export class CsvSplitter {
  private row = 1;
  private cells: string[] = [];
  private cell = '';
  private state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  private afterReturn = false;

  constructor(private readonly delimiter: string) {}

  push(text: string): RawRow[] {
    const rows: RawRow[] = [];
    let from = 0;
    const take = (to: number) => {
      this.cell += text.slice(from, to);
      from = to + 1;
    };
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at] as string;
      const isBreak = char === '\n' || char === '\r';
      if (this.afterReturn && char === '\n') {
        this.afterReturn = false;
        from = at + 1;
        continue;
      }
      this.afterReturn = false;
      if (this.state === 'quoted') {
        if (char !== '"') continue;
        take(at);
        this.state = 'closed';
      } else if (this.state === 'closed' && char === '"') {
        // Twice: one that stands for itself.
        this.state = 'quoted';
        from = at;
      } else if (char === this.delimiter || isBreak) {
        if (this.state === 'closed') from = at + 1;
        else take(at);
        this.endCell();
        if (isBreak) rows.push(this.endRecord());
        this.afterReturn = char === '\r';
      } else if (this.state === 'start' && char === '"') {
        this.state = 'quoted';
        from = at + 1;
      } else if (this.state === 'closed') {
        if (char !== ' ') throw this.broken();
        from = at + 1;
      } else this.state = 'plain';
    }
    if (from < text.length && this.state !== 'closed') this.cell += text.slice(from);
    if (this.cell.length > LONGEST_RECORD || this.cells.length > LONGEST_RECORD) throw this.broken();
    return rows;
  }

  end(): RawRow[] {
    if (this.state === 'quoted') throw this.broken();
    if (this.state === 'start' && this.cells.length === 0) return [];
    this.endCell();
    return [this.endRecord()];
  }

  private endCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
    this.state = 'start';
  }

  private endRecord(): RawRow {
    const { row, cells } = this;
    this.row += 1;
    this.cells = [];
    return { row, cells };
  }

  /** Everything from the quote on would be one cell: nothing after it can be trusted. */
  private broken(): TableError {
    return new TableError([{ code: 'unclosed_quote', column: '', row: this.row }]);
  }
}

/** The sign that stands most often in the header; no column name holds any of them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
