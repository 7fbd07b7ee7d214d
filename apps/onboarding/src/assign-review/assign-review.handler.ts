import { type CallerIdentity, Clock, fieldError, IdempotencyKeys, Mongo, notFound, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Conflicts } from '../officials/conflicts';
import { notAssignable } from '../officials/official.templates';
import { nobodyElse } from '../problems.templates';
import { ReviewAccess } from '../review/review-access';
import type { ReviewCaseDocument } from '../review/review-case.schema';
import { ReviewDesk } from '../review/review-desk';
import { viewCase } from '../review/view-case';
import type { AssignmentDto } from './assign-review.dto';

/** Who decides about a case: another official, and never one who has an interest in it. */
@Injectable()
export class AssignReviewHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly access: ReviewAccess,
    private readonly desk: ReviewDesk,
    private readonly conflicts: Conflicts,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  assign(id: string, { officialId: to, reason = 'reassigned' }: AssignmentDto, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const found = await this.access.findOpen(id, caller, session);
      const deed = { at: this.clock.now(), by: caller.subject, reason };
      const isGiven = await this.desk.assign(found, deed, session, { to, but: found.assignedTo });
      if (!isGiven) throw refusal([fieldError('/officialId', notAssignable.code, notAssignable)]);
      if (!found.assignedTo) throw nobodyElse();
      return this.finish(found, session);
    });
  }

  declare(id: string, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const found = await this.access.findOpen(id, caller, session);
      const subject = { kind: 'review_case', id };
      if (await this.conflicts.declare(caller.subject, found.cooperativeId, at, session))
        await this.audit.add({ action: 'conflict_of_interest.declared', subject, by: caller.subject }, session);
      if (found.assignedTo === caller.subject) {
        await this.desk.assign(found, { at, by: caller.subject, reason: 'conflict_of_interest' }, session);
      }
      return this.finish(found, session);
    });
  }

  private async finish(found: ReviewCaseDocument, session: ClientSession) {
    await found.save({ session });
    const cooperative = await this.cooperatives.findById(found.cooperativeId).session(session);
    if (!cooperative) throw notFound();
    const answer = viewCase(found, cooperative);
    await this.idempotency.record(answer, session);
    return answer;
  }
}
