import { Cipher, Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import mongoose, { type ClientSession } from 'mongoose';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const BUCKET = 'evidence';
type Stored = { _id: string };

/**
 * Where the bytes of evidence lie: GridFS, encrypted, under the id of the evidence alone. Bytes are written before the document
 * that names them; until `keep` they are nobody's and are swept away.
 */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly mongo: Mongo,
    private readonly cipher: Cipher,
  ) {}

  /** Takes a stream in, through what looks at it on its way. */
  async write(id: string, source: Readable, inspect: Transform): Promise<void> {
    const target = this.bucket().openUploadStreamWithId(id as never, id, { metadata: { kept: false } });
    try {
      await pipeline(source, inspect, this.cipher.sealing(), target);
    } catch (error) {
      await target.abort().catch(() => undefined);
      throw error;
    }
  }

  /** The bytes belong to a document, from the commit of its transaction on. */
  async keep(id: string, session: ClientSession): Promise<void> {
    await this.files().updateOne({ _id: id }, { $set: { 'metadata.kept': true } }, { session });
  }

  read(id: string): Readable {
    const sealed = this.bucket().openDownloadStream(id as never);
    const opened = this.cipher.opening();
    // The reader sees every failure, and a reader who goes away ends the reading.
    void pipeline(sealed, opened).catch(() => undefined);
    return opened;
  }

  async delete(id: string): Promise<void> {
    await this.bucket().delete(id as never);
  }

  /** Takes away what nobody kept since an instant; says how many. */
  async sweep(before: Date): Promise<number> {
    const rows = await this.files()
      .find({ 'metadata.kept': false, uploadDate: { $lt: before } }, { projection: { _id: 1 } })
      .toArray();
    let swept = 0;
    for (const { _id } of rows) {
      // Not where it was kept meanwhile.
      const { deletedCount } = await this.files().deleteOne({ _id, 'metadata.kept': false });
      if (deletedCount === 0) continue;
      await this.mongo.connection.collection(`${BUCKET}.chunks`).deleteMany({ files_id: _id as never });
      swept += 1;
    }
    return swept;
  }

  private files() {
    return this.mongo.connection.collection<Stored>(`${BUCKET}.files`);
  }

  private bucket() {
    const { db } = this.mongo.connection;
    if (!db) throw new Error('MongoDB was not reached yet');
    return new mongoose.mongo.GridFSBucket(db, { bucketName: BUCKET });
  }
}
