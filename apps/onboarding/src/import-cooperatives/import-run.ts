import { Outbox } from '@idxcoop/messaging';
import { Mongo, newId, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Import, IMPORT_CHUNK, IMPORT_LEASE_MS, type ImportDocument, type Totals } from '../imports/import.schema';
import { ImportError, ImportKey } from '../imports/import-parts.schema';
import { ImportWriter } from './import-writer';
import { JudgedRows } from './judged-rows';
import { type Judged, type Outcome, planRow } from './plan';
import { readTable } from './read-table';
import type { RowError, Upload } from './row';
import { StoredFile } from './stored-file';
import { StoredRecords } from './stored-records';

/** Makes the steps of one import. */
@Injectable()
export class ImportRun {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    @InjectModel(ImportError.name) private readonly errors: Model<ImportError>,
    @InjectModel(ImportKey.name) private readonly fileKeys: Model<ImportKey>,
    private readonly file: StoredFile,
    private readonly stored: StoredRecords,
    private readonly writer: ImportWriter,
    private readonly regions: Regions,
    private readonly outbox: Outbox,
  ) {}

  /** Reads the file as it is worked off; a worker that takes it up again passes over what is done. */
  async open(found: Import): Promise<{ next(): Promise<boolean> }> {
    const upload = this.uploadOf(found);
    const rows = new JudgedRows(() => readTable(this.file.of(found)), upload, this.leaseOn(found._id));
    const size = found.mode === 'all' ? found.totals.rows : IMPORT_CHUNK;
    return {
      next: async () => {
        const current = await this.imports.findOne({ _id: found._id }, { done: 1, state: 1 }).lean<Import>();
        if (current?.state !== 'queued' && current?.state !== 'running') return false;
        const chunk = await rows.slice(current.done, size);
        return this.mongo.transaction((session) => this.step(found._id, current.done, chunk, upload, session));
      },
    };
  }

  /** Passing over many rows takes longer than a lease lasts. */
  private leaseOn(_id: string): () => Promise<void> {
    let renewed = Date.now();
    return async () => {
      if (Date.now() - renewed < IMPORT_LEASE_MS / 3) return;
      renewed = Date.now();
      await this.imports.updateOne({ _id }, { $set: { leaseUntil: new Date(renewed + IMPORT_LEASE_MS) } });
    };
  }

  /** One transaction; false when there is nothing left to do. */
  private async step(
    id: string,
    from: number,
    chunk: readonly Judged[],
    upload: Upload,
    session: ClientSession,
  ): Promise<boolean> {
    const current = await this.imports.findOne({ _id: id, state: { $in: ['queued', 'running'] } }).session(session);
    if (!current) return false;
    // Another worker was here.
    if (current.done !== from) return true;
    const stored = await this.stored.of(chunk, session);
    const planned = chunk.map((entry) => planRow(entry, stored, upload.covers));
    const refused = current.mode === 'all' && planned.some(isRefused);
    const outcomes = refused
      ? planned.map((outcome, at) => (isRefused(outcome) ? outcome : spoilt(chunk[at]?.row ?? 0)))
      : planned;
    if (!current.dryRun) await this.writer.write(current, outcomes, session);
    const errors = outcomes.flatMap((outcome) => (isRefused(outcome) ? outcome.errors : []));
    if (errors.length > 0) {
      await this.errors.insertMany(
        errors.map((error) => ({ _id: newId(), importId: id, ...error })),
        { session },
      );
    }
    for (const { kind } of outcomes) current.totals[kind as keyof Totals] += 1;
    current.done += chunk.length;
    current.fruitless = 0;
    const isMore = chunk.length > 0 && current.done < current.totals.rows;
    current.state = isMore ? 'running' : refused ? 'failed' : 'completed';
    if (current.state === 'failed') await this.fileKeys.deleteOne({ importId: id }, { session });
    if (current.state === 'running') current.leaseUntil = new Date(Date.now() + IMPORT_LEASE_MS);
    else await this.end(current, session);
    if (isMilestone(from, current)) await this.outbox.add(current, current.progressed(new Date()), session);
    await current.save({ session });
    return current.state === 'running';
  }

  private async end(current: ImportDocument, session: ClientSession): Promise<void> {
    current.finishedAt = new Date();
    await this.file.release(current._id, session);
  }

  /** Ends an import that nobody can work off, so that its file may come again; what its chunks did stays, and can be rolled back. */
  giveUp(id: string): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const under = { _id: id, state: { $in: ['queued' as const, 'running' as const] } };
      const end = { $set: { state: 'failed', finishedAt: new Date() }, $unset: { leaseUntil: 1 } };
      const { modifiedCount } = await this.imports.updateOne(under, end, { session });
      if (modifiedCount === 0) return;
      await this.fileKeys.deleteOne({ importId: id }, { session });
      await this.file.release(id, session);
    });
  }

  private uploadOf({ territory, mayBackdate, liveSince, createdAt }: Import): Upload {
    const covers = (code: string) => territory === 'ID' || code === territory || code.startsWith(`${territory}.`);
    return { territory, covers, regions: this.regions, mayBackdate, liveSince, at: createdAt };
  }
}

/** Each tenth of the rows, and the end. */
function isMilestone(from: number, { done, totals, state }: Import): boolean {
  const tenth = (rows: number) => Math.floor((rows * 10) / totals.rows);
  return state !== 'running' || tenth(done) > tenth(from);
}

type Refused = Extract<Outcome, { errors: RowError[] }>;

function isRefused(outcome: Outcome): outcome is Refused {
  return outcome.kind === 'rejected' || outcome.kind === 'duplicates';
}

/** A good row of a file that was to be taken as a whole, and was not. */
function spoilt(row: number): Refused {
  return { kind: 'rejected', errors: [{ row, column: '', code: 'others_rejected' }] };
}
