import { decodeCursor, fieldError, page, type Page, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditEntry } from '../audit/audit.schema';
import { viewEntry } from '../audit/entry-view';
import type { AuditQuery } from './list-audit.dto';

/** The trail, the newest first. */
@Injectable()
export class ListAuditHandler {
  constructor(@InjectModel(AuditEntry.name) private readonly entries: Model<AuditEntry>) {}

  async execute({ limit, cursor, from, until, ...wanted }: AuditQuery): Promise<Page<ReturnType<typeof viewEntry>>> {
    const before = readCursor(cursor);
    const rows = await this.entries
      .find({
        ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
        $and: [
          from ? { at: { $gte: new Date(from) } } : {},
          until ? { at: { $lt: new Date(until) } } : {},
          before ? { $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.id } }] } : {},
        ],
      })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .lean<AuditEntry[]>();
    return page(rows, limit, ({ at, _id }) => ({ at: at.toISOString(), id: _id }), viewEntry);
  }
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const before = decodeCursor<{ at?: unknown; id?: unknown }>(cursor);
  if (!before) return undefined;
  const at = new Date(typeof before.at === 'string' ? before.at : Number.NaN);
  if (Number.isNaN(at.getTime()) || typeof before.id !== 'string') throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return { at, id: before.id };
}
