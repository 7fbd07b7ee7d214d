import { Mongo, newId, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Import, IMPORT_CHUNK, IMPORT_LEASE_MS, type Totals } from '../imports/import.schema';
import { ImportError, ImportKey } from '../imports/import-parts.schema';
import { readTable } from './csv';
import { ImportWriter } from './import-writer';
import { type Judged, markDuplicates, type Outcome, planRow } from './plan';
import { readRow, type RowError, type Upload } from './row';
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
  ) {}

  /** Reads the file again and judges its rows by themselves: the same each time, so nothing of it is stored. */
  async open(found: Import): Promise<{ next(): Promise<boolean> }> {
    const { rows = [] } = readTable(await this.file.read(found._id));
    const upload = this.uploadOf(found);
    const judged = markDuplicates(
      rows.map((row): Judged => {
        const result = readRow(row, upload);
        return { row: row.row, ...result };
      }),
    );
    return { next: () => this.mongo.transaction((session) => this.step(found._id, judged, upload, session)) };
  }

  /** One transaction; false when there is nothing left to do. */
  private async step(id: string, judged: Judged[], upload: Upload, session: ClientSession): Promise<boolean> {
    const current = await this.imports.findOne({ _id: id, state: { $in: ['queued', 'running'] } }).session(session);
    if (!current) return false;
    const size = current.mode === 'all' ? judged.length : IMPORT_CHUNK;
    const chunk = judged.slice(current.done, current.done + size);
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
    current.state = current.done < judged.length ? 'running' : refused ? 'failed' : 'completed';
    if (current.state === 'failed') await this.fileKeys.deleteOne({ importId: id }, { session });
    if (current.state === 'running') current.leaseUntil = new Date(Date.now() + IMPORT_LEASE_MS);
    else current.finishedAt = new Date();
    await current.save({ session });
    return current.state === 'running';
  }

  /** Ends an import that nobody can work off, so that its file may come again; what its chunks did stays, and can be rolled back. */
  giveUp(id: string): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const under = { _id: id, state: { $in: ['queued' as const, 'running' as const] } };
      const end = { $set: { state: 'failed', finishedAt: new Date() }, $unset: { leaseUntil: 1 } };
      const { modifiedCount } = await this.imports.updateOne(under, end, { session });
      if (modifiedCount > 0) await this.fileKeys.deleteOne({ importId: id }, { session });
    });
  }

  private uploadOf({ territory, mayBackdate, liveSince, createdAt }: Import): Upload {
    const covers = (code: string) => territory === 'ID' || code === territory || code.startsWith(`${territory}.`);
    return { territory, covers, regions: this.regions, mayBackdate, liveSince, at: createdAt };
  }
}

type Refused = Extract<Outcome, { errors: RowError[] }>;

function isRefused(outcome: Outcome): outcome is Refused {
  return outcome.kind === 'rejected' || outcome.kind === 'duplicates';
}

/** A good row of a file that was to be taken as a whole, and was not. */
function spoilt(row: number): Refused {
  return { kind: 'rejected', errors: [{ row, column: '', code: 'others_rejected' }] };
}
