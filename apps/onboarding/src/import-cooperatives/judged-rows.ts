import { type Judged, RowMarks } from './plan';
import { readRow, type Upload } from './row';
import type { Row } from './table';

/**
 * The judged rows of a file by their place, read as they are asked for: the same each time, so nothing of it is stored. Going
 * back means reading the file again.
 */
export class JudgedRows {
  private source: AsyncIterator<Judged[]> | undefined;
  /** The place of the first row that is held. */
  private from = 0;
  private held: Judged[] = [];

  constructor(
    private readonly read: () => AsyncIterable<Row[]>,
    private readonly upload: Upload,
    /** Called now and then while rows are passed over. */
    private readonly onWay: () => Promise<void> = async () => {},
  ) {}

  /** Fewer than asked for only at the end of the file. */
  async slice(from: number, size: number): Promise<Judged[]> {
    if (!this.source || from < this.from) {
      [this.source, this.from, this.held] = [this.judge(), 0, []];
    }
    for (;;) {
      const passed = Math.min(from - this.from, this.held.length);
      this.held.splice(0, passed);
      this.from += passed;
      if (this.from === from && this.held.length >= size) break;
      const { value, done } = await this.source.next();
      if (done) break;
      for (const entry of value) this.held.push(entry);
      await this.onWay();
    }
    return this.from === from ? this.held.slice(0, size) : [];
  }

  private async *judge(): AsyncGenerator<Judged[]> {
    const marks = new RowMarks();
    for await (const rows of this.read()) {
      for (let at = 0; at < rows.length; at += AT_ONCE)
        yield rows.slice(at, at + AT_ONCE).map((row) => marks.mark({ row: row.row, ...readRow(row, this.upload) }));
    }
  }
}

const AT_ONCE = 200;
