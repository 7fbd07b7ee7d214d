import {
  type CallerIdentity,
  Clock,
  fieldError,
  IdempotencyKeys,
  isDuplicate,
  Jobs,
  Mongo,
  newId,
  refusal,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Import, IMPORT_QUEUE, importWakeup, type ImportMode, MOST_ROWS } from '../imports/import.schema';
import { ImportKey } from '../imports/import-parts.schema';
import { LiveSince } from '../imports/live-since';
import { notCsv, unreadableFile } from '../problems.templates';
import { headerText } from './import-cooperatives.templates';
import { readTable, type TableFile } from './read-table';
import { viewImport } from './show-import.handler';
import { StoredFile, type TakenFile } from './stored-file';
import { TableError } from './table';

/** Takes a file in: a header that cannot work is refused at once, everything else is the job's. */
@Injectable()
export class AcceptImportHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    @InjectModel(ImportKey.name) private readonly fileKeys: Model<ImportKey>,
    private readonly file: StoredFile,
    private readonly trail: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly jobs: Jobs,
    private readonly liveSince: LiveSince,
    private readonly clock: Clock,
  ) {}

  /** The import, and whether the same file was there before. */
  async execute(upload: TakenFile | undefined, dryRun: boolean, mode: ImportMode, caller: CallerIdentity) {
    if (!upload) throw refusal([fieldError('/file', 'required')]);
    const taken = await this.takeIn(upload, dryRun, mode, caller);
    // Nothing was made of it.
    if (!taken.isNew) await this.file.discard(upload.importId);
    return taken;
  }

  private async takeIn(upload: TakenFile, dryRun: boolean, mode: ImportMode, caller: CallerIdentity) {
    const { importId, checksum, kind, encoding } = upload;
    const fileKey = [caller.territory, dryRun ? 'dry' : 'real', mode, checksum].join('|');
    const known = await this.knownBy(fileKey);
    if (known) return { found: known, isNew: false };
    if (!kind) throw notCsv();
    const { rows, lastRow } = await countRows(this.file.of({ _id: importId, kind, encoding }), mode);
    const at = this.clock.now();
    const found = new this.imports({
      _id: importId,
      kind,
      encoding,
      lastRow,
      dryRun,
      mode,
      checksum,
      territory: caller.territory,
      uploadedBy: caller.subject,
      mayBackdate: caller.has('ministry'),
      liveSince: await this.liveSince.day(),
      totals: { rows },
      createdAt: at,
    });
    try {
      await this.mongo.transaction(async (session) => {
        await this.fileKeys.insertMany([{ _id: newId(), fileKey, importId: found.id }], { session });
        await found.save({ session });
        await this.file.keep(found.id, session);
        const subject = { kind: 'import', id: found.id };
        await this.trail.add({ action: 'import.uploaded', subject, by: caller.subject }, session);
        await this.idempotency.record(viewImport(found), session, { status: 202, location: `/v1/imports/${found.id}` });
      });
    } catch (error) {
      // The same file at the same moment: the other request took it in.
      const first = isDuplicate(error) ? await this.knownBy(fileKey) : null;
      if (first) return { found: first, isNew: false };
      throw error;
    }
    await this.jobs.wake(IMPORT_QUEUE, importWakeup(found));
    return { found, isNew: true };
  }

  private async knownBy(fileKey: string) {
    const key = await this.fileKeys.findOne({ fileKey }).lean<ImportKey>();
    return key && this.imports.findById(key.importId);
  }
}

/** Rows of a file that can be worked on; 415 or 422 where it cannot. */
async function countRows(file: TableFile, mode: ImportMode): Promise<{ rows: number; lastRow: number }> {
  let [rows, lastRow] = [0, 0];
  try {
    for await (const some of readTable(file)) {
      rows += some.length;
      lastRow = some.at(-1)?.row ?? lastRow;
      if (rows > MOST_ROWS[mode]) throw unreadable('too_many_rows', String(MOST_ROWS[mode]));
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const errors = error.errors.map(({ code, column, row }) => ({
      pointer: '/file',
      code,
      ...(row === undefined ? { column } : { row }),
      message: headerText(code, row === undefined ? column : String(row)),
    }));
    throw unreadableFile({ errors });
  }
  if (rows === 0) throw unreadable('empty_file');
  return { rows, lastRow };
}

function unreadable(code: 'empty_file' | 'too_many_rows', detail = '') {
  return unreadableFile({ errors: [{ pointer: '/file', code, message: headerText(code, detail) }] });
}
