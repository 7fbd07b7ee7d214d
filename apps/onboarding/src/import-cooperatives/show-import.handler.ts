import { type CallerIdentity, type Language, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { unparse } from 'papaparse';
import { Import } from '../imports/import.schema';
import { ImportError } from '../imports/import-parts.schema';
import { rowText } from './import-cooperatives.templates';

const ROWS_AT_ONCE = 1_000;

/** How the outside sees an import. */
export function viewImport(found: Import) {
  const isRollingBack = found.state === 'rolling_back';
  const { rows, created, updated, unchanged, duplicates, rejected } = found.totals;
  return {
    id: found._id,
    state: isRollingBack ? 'running' : found.state,
    dryRun: found.dryRun,
    mode: found.mode,
    checksum: found.checksum,
    totals: { rows, created, updated, unchanged, duplicates, rejected },
    progress: { done: found.done, of: rows },
    errorsUrl: `/v1/imports/${found._id}/errors.csv`,
    createdAt: found.createdAt.toISOString(),
    finishedAt: isRollingBack ? null : (found.finishedAt?.toISOString() ?? null),
  };
}

/** Whether an import is the caller's business: it is their territory's, or that of one inside it. */
export function maySee(caller: CallerIdentity, { territory }: Import): boolean {
  return territory === 'ID' ? caller.territory === 'ID' : caller.covers(territory);
}

@Injectable()
export class ShowImportHandler {
  constructor(
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    @InjectModel(ImportError.name) private readonly errors: Model<ImportError>,
  ) {}

  async execute(id: string, caller: CallerIdentity): Promise<Import> {
    const found = await this.imports.findById(id);
    if (!found || !maySee(caller, found)) throw notFound();
    return found;
  }

  /** One line for each thing that is wrong, in the order of the file. */
  async errorsOf(id: string, caller: CallerIdentity, language: Language): Promise<AsyncIterable<string>> {
    return this.linesOf(await this.execute(id, caller), language);
  }

  /** A thousand rows at a time: a large file may be wrong in each of its rows. */
  private async *linesOf({ _id: importId, lastRow }: Import, language: Language): AsyncGenerator<string> {
    yield csvLines([['row', 'column', 'code', 'message']]);
    for (let from = 0; from <= lastRow; from += ROWS_AT_ONCE) {
      const row = { $gte: from, $lt: from + ROWS_AT_ONCE };
      const errors = await this.errors.find({ importId, row }).lean<ImportError[]>();
      errors.sort((a, b) => a.row - b.row || a.column.localeCompare(b.column));
      const lines = errors.map(({ row, column, code }) => [row, column, code, rowText(code, language)]);
      if (lines.length > 0) yield csvLines(lines);
    }
  }
}

function csvLines(lines: (string | number)[][]): string {
  return `${unparse(lines, { newline: '\r\n' })}\r\n`;
}
