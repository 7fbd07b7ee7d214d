import { Clock, decodeCursor, fieldError, page, type Page, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { PrivacyRequest, viewRequest } from '../privacy/privacy-request.schema';
import type { PrivacyRequestsQuery } from './decide-privacy-request.dto';

/** The requests, what is due first first. */
@Injectable()
export class ListPrivacyRequestsHandler {
  constructor(
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    private readonly clock: Clock,
  ) {}

  async execute({
    limit,
    cursor,
    overdue,
    ...wanted
  }: PrivacyRequestsQuery): Promise<Page<ReturnType<typeof viewRequest>>> {
    const now = this.clock.now();
    const after = readCursor(cursor);
    const late = { state: 'open' as const, dueAt: { $lt: now } };
    const rows = await this.requests
      .find({
        ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
        $and: [
          overdue === undefined ? {} : overdue ? late : { $nor: [late] },
          after ? { $or: [{ dueAt: { $gt: after.at } }, { dueAt: after.at, _id: { $gt: after.id } }] } : {},
        ],
      })
      .sort({ dueAt: 1, _id: 1 })
      .limit(limit + 1)
      .lean<PrivacyRequest[]>();
    const cursorOf = ({ dueAt, _id }: PrivacyRequest) => ({ at: dueAt.toISOString(), id: _id });
    return page(rows, limit, cursorOf, (row) => viewRequest(row, now));
  }
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const after = decodeCursor<{ at?: unknown; id?: unknown }>(cursor);
  if (!after) return undefined;
  const at = new Date(typeof after.at === 'string' ? after.at : Number.NaN);
  if (Number.isNaN(at.getTime()) || typeof after.id !== 'string') throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return { at, id: after.id };
}
