import { Cipher, Clock, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { createHash } from 'node:crypto';
import type { ClientSession, Model } from 'mongoose';
import type { Import } from '../imports/import.schema';
import { ImportFile } from '../imports/import-parts.schema';
import { type Encoding, type FileKind, FileProbe } from './file-kind';

const PART = 512 * 1024;
const HOUR_MS = 3_600_000;
/** After the end of the import: for the questions of the following month. */
const KEPT_MS = 30 * 24 * HOUR_MS;

/** A file that was taken in, under the id that its import will have. */
export interface TakenFile {
  importId: string;
  checksum: string;
  bytes: number;
  /** Null for what is neither a CSV nor a spreadsheet. */
  kind: FileKind | null;
  encoding: Encoding;
}

/** The original of an upload, encrypted and in pieces: never in memory as a whole. */
@Injectable()
export class StoredFile {
  constructor(
    @InjectModel(ImportFile.name) private readonly files: Model<ImportFile>,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  /** Keeps what comes; it goes by itself unless an import is made of it. */
  async take(stream: AsyncIterable<Buffer>): Promise<TakenFile> {
    const [importId, hash, probe] = [newId(), createHash('sha256'), new FileProbe()];
    const deleteAt = new Date(this.clock.now().getTime() + HOUR_MS);
    let [bytes, part, size, pieces] = [0, 0, 0, [] as Buffer[]];
    const flush = async () => {
      if (size === 0) return;
      const content = this.cipher.encrypt(Buffer.concat(pieces).toString('base64'));
      [size, pieces] = [0, []];
      await this.files.insertMany([{ _id: newId(), importId, part, content, deleteAt }]);
      part += 1;
    };
    for await (const piece of stream) {
      hash.update(piece);
      probe.push(piece);
      pieces.push(piece);
      size += piece.length;
      bytes += piece.length;
      if (size >= PART) await flush();
    }
    await flush();
    return { importId, checksum: hash.digest('hex'), bytes, kind: probe.kind, encoding: probe.encoding() };
  }

  async discard(importId: string): Promise<void> {
    await this.files.deleteMany({ importId });
  }

  /** The file is an import's now, and stays while that lasts. */
  async keep(importId: string, session: ClientSession): Promise<void> {
    await this.files.updateMany({ importId }, { $unset: { deleteAt: 1 } }, { session });
  }

  /** The import is over. */
  async release(importId: string, session: ClientSession): Promise<void> {
    const deleteAt = new Date(this.clock.now().getTime() + KEPT_MS);
    await this.files.updateMany({ importId }, { $set: { deleteAt } }, { session });
  }

  /** What an import reads its rows from. */
  of({ _id: importId, kind, encoding }: Pick<Import, '_id' | 'kind' | 'encoding'>) {
    return { kind, encoding, parts: () => this.parts(importId) };
  }

  private async *parts(importId: string): AsyncGenerator<Buffer> {
    for (let part = 0; ; part += 1) {
      const found = await this.files.findOne({ importId, part }).lean<ImportFile>();
      if (!found) return;
      yield Buffer.from(this.cipher.decrypt(found.content), 'base64');
    }
  }
}
