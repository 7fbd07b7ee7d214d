import { type CallerIdentity, decodeCursor, fieldError, type Page, page, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { viewReport } from '../reports/report-view';
import { Report } from '../reports/report.schema';
import { within } from '../review/review-case.schema';
import type { ReportsQuery } from './close-report.dto';

/** The reports of a territory, the first received first. */
@Injectable()
export class ListReportsHandler {
  constructor(@InjectModel(Report.name) private readonly reports: Model<Report>) {}

  async execute(
    { state, kind, cooperativeId, cursor, limit }: ReportsQuery,
    { territory }: CallerIdentity,
  ): Promise<Page<ReturnType<typeof viewReport>>> {
    const after = readCursor(cursor);
    const wanted = {
      ...within(territory),
      ...(state && { state }),
      ...(kind && { kind }),
      ...(cooperativeId && { cooperativeId }),
      ...(after && { _id: { $gt: after } }),
    };
    const rows = await this.reports
      .find(wanted)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<Report[]>();
    return page(rows, limit, ({ _id: id }) => ({ id }), viewReport);
  }
}

function readCursor(cursor: string | undefined): string | undefined {
  const after = decodeCursor<{ id?: unknown }>(cursor);
  if (!after) return undefined;
  if (typeof after.id !== 'string') throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return after.id;
}
