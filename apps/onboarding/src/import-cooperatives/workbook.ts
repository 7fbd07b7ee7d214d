import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { StringDecoder } from 'node:string_decoder';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { TableError } from './table';

/** What may come out of an archive, whatever is said to be in it. */
const MOST_INSIDE = 300 * 1024 * 1024;
const MOST_ENTRIES = 2_000;

export const damaged = () => new TableError([{ code: 'damaged_file', column: '' }]);

/** The parts of a spreadsheet file, which is an archive of XML documents. */
export class Workbook {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(bytes: Buffer): Promise<Workbook> {
    try {
      const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
      const entries = new Map<string, Entry>();
      for (let entry = await nextEntry(zip); entry; entry = await nextEntry(zip)) {
        entries.set(entry.fileName.toLowerCase(), entry);
        if (entries.size > MOST_ENTRIES) throw damaged();
      }
      return new Workbook(zip, entries);
    } catch (error) {
      throw error instanceof TableError ? error : damaged();
    }
  }

  has(path: string): boolean {
    return this.entries.has(path.toLowerCase());
  }

  /** Reads one document as it streams; `take` gives out what was found so far. Nothing is read of one that is too large. */
  async *read<Item>(path: string, handle: Handlers, take: () => Item[]): AsyncGenerator<Item[]> {
    const entry = this.entries.get(path.toLowerCase());
    if (!entry) throw damaged();
    if (entry.uncompressedSize > MOST_INSIDE) throw new TableError([{ code: 'too_large_inside', column: '' }]);
    const parser = new SaxesParser();
    parser.on('opentag', (tag) => handle.open(local(tag.name), (tag as SaxesTagPlain).attributes));
    parser.on('closetag', (tag) => handle.close?.(local(tag.name)));
    parser.on('text', (text) => handle.text?.(text));
    const decoder = new StringDecoder('utf8');
    try {
      // More than it said is an error of the stream: the size holds.
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        parser.write(decoder.write(chunk as Buffer));
        const items = take();
        if (items.length > 0) yield items;
      }
      parser.write(decoder.end()).close();
    } catch (error) {
      throw error instanceof TableError ? error : damaged();
    }
    const items = take();
    if (items.length > 0) yield items;
  }

  /** Reads a small document to its end. */
  async readAll(path: string, handle: Handlers): Promise<void> {
    const reading = this.read<never>(path, handle, () => []);
    while (!(await reading.next()).done);
  }
}

/** What is done with the parts of a document; prefixes of names are left away. */
export interface Handlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
      settle();
    };
    zip.once('entry', (entry: Entry) => done(() => resolve(entry)));
    zip.once('end', () => done(() => resolve(undefined)));
    zip.once('error', (error: Error) => done(() => reject(error)));
    zip.readEntry();
  });
}
