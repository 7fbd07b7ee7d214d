import { readFileSync } from 'node:fs';

const NEWLINE = 0x0a;

/**
 * A CSV file that is sorted by its first column, searched where it lies: 83,763 villages stay one buffer of 3 MB instead
 * of a map of objects, and nothing is parsed before it is asked for.
 */
export class CodeTable {
  private loaded: Buffer | undefined;

  constructor(private readonly path: string) {}

  /** The name that stands in the last column of a code's line. */
  name(code: string): string | null {
    const line = this.lineAt(this.lowerBound(code));
    return line?.startsWith(`${code},`) ? nameOf(line) : null;
  }

  /** All codes below a parent, in order. */
  children(parent: string): { code: string; name: string }[] {
    const found: { code: string; name: string }[] = [];
    const prefix = `${parent}.`;
    for (let at = this.lowerBound(prefix); ; ) {
      const line = this.lineAt(at);
      if (!line?.startsWith(prefix)) return found;
      found.push({ code: line.slice(0, line.indexOf(',')), name: nameOf(line) });
      at += Buffer.byteLength(line) + 1;
    }
  }

  /** The names of all codes that begin so, in the order of their codes. */
  names(prefix: string): string[] {
    const found: string[] = [];
    for (let at = this.lowerBound(prefix); ; ) {
      const line = this.lineAt(at);
      if (!line?.startsWith(prefix)) return found;
      found.push(nameOf(line));
      at += Buffer.byteLength(line) + 1;
    }
  }

  private get bytes(): Buffer {
    if (!this.loaded) {
      const file = readFileSync(this.path);
      this.loaded = file.subarray(file.indexOf(NEWLINE) + 1);
    }
    return this.loaded;
  }

  private lineAt(start: number): string | null {
    if (start >= this.bytes.length) return null;
    const end = this.bytes.indexOf(NEWLINE, start);
    return this.bytes.toString('utf8', start, end < 0 ? this.bytes.length : end);
  }

  /** Start of the first line whose code is not smaller. */
  private lowerBound(code: string): number {
    let low = 0;
    let high = this.bytes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = middle === 0 ? 0 : this.bytes.lastIndexOf(NEWLINE, middle - 1) + 1;
      const line = this.lineAt(start) ?? '';
      if (line.slice(0, line.indexOf(',')) < code) low = start + Buffer.byteLength(line) + 1;
      else high = start;
    }
    return low;
  }
}

function nameOf(line: string): string {
  // The second comma ends the parent's code; a village name may hold a comma inside quotes.
  const name = line.slice(line.indexOf(',', line.indexOf(',') + 1) + 1).trim();
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
