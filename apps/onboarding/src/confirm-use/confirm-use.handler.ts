import { Clock, decodeCursor, IdempotencyKeys, Mongo, notFound, page, type PartnerIdentity } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Acceptance } from '../app-listings/acceptance.schema';
import { viewAcceptance } from '../app-listings/listing-views';
import { Cooperative } from '../cooperative/cooperative.schema';
import type { AcceptancesQuery } from './confirm-use.dto';

/** What became of a partner's offers. */
@Injectable()
export class ConfirmUseHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Acceptance.name) private readonly acceptances: Model<Acceptance>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async list({ limit, cursor, state }: AcceptancesQuery, { partnerId }: PartnerIdentity) {
    const after = decodeCursor<{ id: string }>(cursor);
    const confirmed = state && { confirmedAt: state === 'confirmed' ? { $ne: null } : null };
    const rows = await this.acceptances
      .find({ partnerId, ...confirmed, ...(after && { _id: { $gt: String(after.id) } }) })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<Acceptance[]>();
    const { items, nextCursor } = page(rows, limit, (last) => ({ id: last._id }));
    const organisations = await this.organisations(items.map(({ cooperativeId }) => cooperativeId));
    const view = (one: Acceptance) => ({
      ...viewAcceptance(one),
      cooperative: organisations.get(one.cooperativeId) ?? null,
    });
    return { items: items.map(view), nextCursor };
  }

  confirm(id: string, { partnerId }: PartnerIdentity) {
    return this.mongo.transaction(async (session) => {
      const found = await this.acceptances.findOne({ _id: id, partnerId }).session(session);
      if (!found) throw notFound();
      if (!found.confirmedAt) {
        const at = this.clock.now();
        found.confirmedAt = at;
        await found.save({ session });
        const cooperative = await this.cooperatives.findById(found.cooperativeId).session(session);
        cooperative?.seen(at);
        await cooperative?.save({ session });
      }
      const answer = viewAcceptance(found);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  private async organisations(ids: readonly string[]) {
    const fields = { name: 1, form: 1, type: 1, regionCode: 1, registration: 1 } as const;
    const found = await this.cooperatives.find({ _id: { $in: [...ids] } }, fields).lean<Cooperative[]>();
    return new Map(
      found.map(({ _id, name, form, type, regionCode, registration }) => [
        _id,
        { id: _id, name, form, type, regionCode, registration },
      ]),
    );
  }
}
