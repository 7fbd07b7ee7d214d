import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, fieldError, IdempotencyKeys, Mongo, notFound, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import type { EntityMove } from '../cooperative/entity-axis';
import { dayOf } from '../day';
import { Requirements } from '../requirement/requirements';
import { ReviewCase } from '../review/review-case.schema';
import type { ChangeEntityDto } from './change-entity.dto';

/** An officer of the territory says what became of a legal entity, since when and why. */
@Injectable()
export class ChangeEntityHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly requirements: Requirements,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, input: ChangeEntityDto, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const { effectiveOn = dayOf(at), reason, intoId } = input;
      if (effectiveOn > dayOf(at)) throw refusal([fieldError('/effectiveOn', 'future_date')]);
      if (intoId && input.state !== 'merged') throw refusal([fieldError('/intoId', 'not_allowed')]);
      const cooperative = await this.cooperatives.findById(id).session(session);
      if (!cooperative || !caller.covers(cooperative.regionCode)) throw notFound();
      if (intoId) await this.checkInto(intoId, id, session);
      const fact = moved(cooperative, input.state, { at, by: caller.subject, reason, effectiveOn, intoId });
      await this.outbox.add(cooperative, fact, session);
      await cooperative.save({ session });
      if (!cooperative.exists()) await this.endCases(id, at, session);
      await this.requirements.settle(cooperative, session);
      const subject = { kind: 'cooperative', id };
      const done = { action: `entity.${input.state}`, subject, fields: ['entity'], by: caller.subject, reason };
      await this.audit.add(done, session);
      const answer = view(cooperative);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  private async checkInto(intoId: string, id: string, session: ClientSession): Promise<void> {
    const into = intoId === id ? null : await this.cooperatives.findById(intoId).session(session);
    if (!into?.exists()) throw refusal([fieldError('/intoId', 'unknown_cooperative')]);
  }

  /** Nobody decides about an entity that is no more. */
  private async endCases(cooperativeId: string, at: Date, session: ClientSession): Promise<void> {
    const open = { cooperativeId, state: 'open' as const, kind: 'application' as const };
    await this.cases.updateMany(open, { $set: { state: 'withdrawn', decidedAt: at } }, { session });
  }
}

function moved(cooperative: CooperativeDocument, state: ChangeEntityDto['state'], move: EntityMove): object {
  switch (state) {
    case 'active':
      return cooperative.revive(move);
    case 'dormant':
      return cooperative.goDormant(move);
    case 'dissolved':
      return cooperative.dissolve(move);
    case 'merged':
      return cooperative.mergeInto(move);
  }
}

function view({ _id: id, entity, entityHistory, mergedInto }: Cooperative) {
  return {
    id,
    entity,
    mergedInto: mergedInto ? `/v1/cooperatives/${mergedInto}` : null,
    history: entityHistory.map(({ state, effectiveOn, knownAt, reason }) => ({
      ...{ state, effectiveOn, knownAt: knownAt.toISOString(), reason: reason ?? null },
    })),
  };
}
