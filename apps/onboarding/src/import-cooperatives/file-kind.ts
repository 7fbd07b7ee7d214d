/** How the text of a file is written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type FileKind = 'csv' | 'xlsx';

/** Tells from the bytes of a file, as they pass, what it is; its name and what the browser says of it are no sign. */
export class FileProbe {
  private start = Buffer.alloc(0);
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private isUtf8 = true;

  push(bytes: Buffer): void {
    if (this.start.length < 4_096) this.start = Buffer.concat([this.start, bytes.subarray(0, 4_096)]);
    this.check(() => this.utf8.decode(bytes, { stream: true }));
  }

  /** Null for an archive that is no spreadsheet's, a PDF or another binary file. */
  get kind(): FileKind | null {
    if (this.start.subarray(0, 4).equals(ZIP)) return 'xlsx';
    return isBinary(this.start) ? null : 'csv';
  }

  /** UTF-8 with or without a mark, UTF-16 with one, and else Windows-1252: what Excel saves in Indonesia. */
  encoding(): Encoding {
    const mark = utf16Mark(this.start);
    if (mark) return mark;
    this.check(() => this.utf8.decode());
    return this.isUtf8 ? 'utf-8' : 'windows-1252';
  }

  private check(decode: () => void): void {
    if (!this.isUtf8) return;
    try {
      decode();
    } catch {
      this.isUtf8 = false;
    }
  }
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1');

/** Bytes that begin like an archive, a PDF or another binary file. */
export function isBinary(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('latin1');
  if (start.startsWith('PK') || start === '%PDF' || start === '\xd0\xcf\x11\xe0') return true;
  return !utf16Mark(bytes) && bytes.subarray(0, 4_096).includes(0);
}

function utf16Mark(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** Characters 0x80 to 0x9f of Windows-1252, which Latin-1 leaves to controls. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The text of bytes that come in pieces; a byte order mark is left away. */
export async function* decoded(parts: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'windows-1252') {
    // Not TextDecoder('windows-1252'): Node 20 decodes 0x80–0x9f as if it were Latin-1.
    for await (const part of parts)
      yield part.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const part of parts) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}
