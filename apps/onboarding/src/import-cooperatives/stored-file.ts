import { Cipher, Clock, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { ImportFile } from '../imports/import-parts.schema';

const PART = 512 * 1024;
const KEPT_MS = 30 * 86_400_000;

/** The original of an upload, encrypted and in pieces, for the job and for questions of the following month. */
@Injectable()
export class StoredFile {
  constructor(
    @InjectModel(ImportFile.name) private readonly parts: Model<ImportFile>,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  async write(importId: string, bytes: Buffer, session: ClientSession): Promise<void> {
    const deleteAt = new Date(this.clock.now().getTime() + KEPT_MS);
    const count = Math.max(1, Math.ceil(bytes.length / PART));
    const parts = Array.from({ length: count }, (_, part) => {
      const piece = bytes.subarray(part * PART, (part + 1) * PART).toString('base64');
      return { _id: newId(), importId, part, content: this.cipher.encrypt(piece), deleteAt };
    });
    await this.parts.insertMany(parts, { session });
  }

  async read(importId: string): Promise<Buffer> {
    const parts = await this.parts.find({ importId }).sort({ part: 1 }).lean<ImportFile[]>();
    return Buffer.concat(parts.map(({ content }) => Buffer.from(this.cipher.decrypt(content), 'base64')));
  }
}
