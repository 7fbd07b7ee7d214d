import { type CallerIdentity, decodeCursor, fieldError, type Page, page, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { DuplicateCandidate } from '../duplicates/duplicate-candidate.schema';
import { within } from '../review/review-case.schema';
import type { DuplicateCandidatesQuery } from './decide-duplicate.dto';

type Organisation = Pick<Cooperative, '_id' | 'name' | 'form' | 'type' | 'regionCode' | 'registration'>;

/** How an officer sees a pair: organisations only; what people share is no more than a signal. */
export function viewCandidate(found: DuplicateCandidate, cooperatives: readonly Organisation[]) {
  const { cooperativeId, otherId, band, score, signals, state } = found;
  const members = [cooperativeId, otherId].flatMap((id) => cooperatives.find(({ _id }) => _id === id) ?? []);
  return {
    id: found._id,
    cooperativeId,
    otherId,
    band,
    score,
    signals: [...signals],
    state,
    cooperatives: members.map(({ _id: id, name, form, type, regionCode, registration }) => ({
      ...{ id, name, form, type, regionCode, registration },
    })),
    survivorId: found.survivorId ?? null,
    reason: found.reason ?? null,
    foundAt: found.foundAt.toISOString(),
    decidedAt: found.decidedAt?.toISOString() ?? null,
  };
}

/** The pairs of a territory, the first found first. */
@Injectable()
export class ListDuplicatesHandler {
  constructor(
    @InjectModel(DuplicateCandidate.name) private readonly candidates: Model<DuplicateCandidate>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
  ) {}

  async execute(
    { cooperativeId, state, cursor, limit }: DuplicateCandidatesQuery,
    caller: CallerIdentity,
  ): Promise<Page<ReturnType<typeof viewCandidate>>> {
    const after = readCursor(cursor);
    const { regionCode } = within(caller.territory);
    const rows = await this.candidates
      .find({
        ...(cooperativeId && { members: cooperativeId }),
        ...(state && { state }),
        ...(after && { _id: { $gt: after } }),
        ...(caller.territory
          ? regionCode !== undefined && { regionCodes: { $elemMatch: regionCode } }
          : { pair: null }),
      } as object)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<DuplicateCandidate[]>();
    const ids = [...new Set(rows.flatMap(({ members }) => members))];
    const found = await this.cooperatives
      .find({ _id: { $in: ids } }, { name: 1, form: 1, type: 1, regionCode: 1, registration: 1 })
      .lean<Cooperative[]>();
    return page(
      rows,
      limit,
      ({ _id: id }) => ({ id }),
      (row) => viewCandidate(row, found),
    );
  }
}

function readCursor(cursor: string | undefined): string | undefined {
  const after = decodeCursor<{ id?: unknown }>(cursor);
  if (!after) return undefined;
  if (typeof after.id !== 'string') throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return after.id;
}
