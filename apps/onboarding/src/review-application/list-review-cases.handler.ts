import { type CallerIdentity, decodeCursor, fieldError, type Page, page, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { ReviewAccess } from '../review/review-access';
import { ReviewCase, within } from '../review/review-case.schema';
import { viewCase } from '../review/view-case';
import type { ReviewCasesQuery } from './review-application.dto';

/** The queue of a territory, the oldest first. */
@Injectable()
export class ListReviewCasesHandler {
  constructor(
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly access: ReviewAccess,
  ) {}

  /** One case. */
  async one(id: string, caller: CallerIdentity): Promise<ReturnType<typeof viewCase>> {
    const found = await this.access.find(id, caller);
    return viewCase(found, await this.cooperatives.findById(found.cooperativeId).lean<Cooperative>());
  }

  async execute(query: ReviewCasesQuery, caller: CallerIdentity): Promise<Page<ReturnType<typeof viewCase>>> {
    const after = readCursor(query.cursor);
    const rows = await this.cases
      .find({
        ...(query.state && { state: query.state }),
        ...(query.assignedTo && { assignedTo: query.assignedTo }),
        $and: [
          caller.territory ? within(caller.territory, 'office.code') : { _id: null },
          query.territory ? within(query.territory) : {},
          after
            ? {
                $or: [{ openedAt: { $gt: after.at } }, { openedAt: after.at, _id: { $gt: after.id } }],
              }
            : {},
        ],
      })
      .sort({ openedAt: 1, _id: 1 })
      .limit(query.limit + 1)
      .lean<ReviewCase[]>();
    const ids = rows.map(({ cooperativeId }) => cooperativeId);
    const found = await this.cooperatives.find({ _id: { $in: ids } }).lean<Cooperative[]>();
    const byId = new Map(found.map((cooperative) => [cooperative._id, cooperative]));
    const cursorOf = (last: ReviewCase) => ({ at: last.openedAt.toISOString(), id: last._id });
    return page(rows, query.limit, cursorOf, (row) => viewCase(row, byId.get(row.cooperativeId)));
  }
}

/** Where the page before ended; a position that we did not make is refused like any other text. */
function readCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const after = decodeCursor<{ at?: unknown; id?: unknown }>(cursor);
  if (!after) return undefined;
  const at = new Date(typeof after.at === 'string' ? after.at : Number.NaN);
  if (Number.isNaN(at.getTime()) || typeof after.id !== 'string') throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return { at, id: after.id };
}
