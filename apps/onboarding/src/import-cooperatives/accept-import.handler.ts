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
import { createHash } from 'node:crypto';
import type { Model } from 'mongoose';
import { Import, IMPORT_QUEUE, importWakeup, type ImportMode, MOST_ROWS } from '../imports/import.schema';
import { ImportKey } from '../imports/import-parts.schema';
import { LiveSince } from '../imports/live-since';
import { notCsv, unreadableFile } from '../problems.templates';
import { isBinary, readTable } from './csv';
import { headerText } from './import-cooperatives.templates';
import { viewImport } from './show-import.handler';
import { StoredFile } from './stored-file';

export interface UploadedFile {
  buffer: Buffer;
}

/** Takes a file in: a header that cannot work is refused at once, everything else is the job's. */
@Injectable()
export class AcceptImportHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    @InjectModel(ImportKey.name) private readonly fileKeys: Model<ImportKey>,
    private readonly file: StoredFile,
    private readonly idempotency: IdempotencyKeys,
    private readonly jobs: Jobs,
    private readonly liveSince: LiveSince,
    private readonly clock: Clock,
  ) {}

  /** The import, and whether the same file was there before. */
  async execute(upload: UploadedFile | undefined, dryRun: boolean, mode: ImportMode, caller: CallerIdentity) {
    if (!upload) throw refusal([fieldError('/file', 'required')]);
    const checksum = createHash('sha256').update(upload.buffer).digest('hex');
    const fileKey = [caller.territory, dryRun ? 'dry' : 'real', mode, checksum].join('|');
    const known = await this.knownBy(fileKey);
    if (known) return { found: known, isNew: false };
    const rows = countRows(upload.buffer, mode);
    const at = this.clock.now();
    const found = new this.imports({
      _id: newId(),
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
        await this.file.write(found.id, upload.buffer, session);
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
function countRows(bytes: Buffer, mode: ImportMode): number {
  if (isBinary(bytes)) throw notCsv();
  const { rows, errors } = readTable(bytes);
  if (errors) {
    throw unreadableFile({
      errors: errors.map(({ code, column, row }) => ({
        pointer: '/file',
        code,
        ...(row === undefined ? { column } : { row }),
        message: headerText(code, row === undefined ? column : String(row)),
      })),
    });
  }
  if (rows.length === 0) throw unreadableFile({ errors: [fieldErrorOf('empty_file')] });
  if (rows.length > MOST_ROWS[mode])
    throw unreadableFile({ errors: [fieldErrorOf('too_many_rows', String(MOST_ROWS[mode]))] });
  return rows.length;
}

function fieldErrorOf(code: 'empty_file' | 'too_many_rows', detail = '') {
  return { pointer: '/file', code, message: headerText(code, detail) };
}
