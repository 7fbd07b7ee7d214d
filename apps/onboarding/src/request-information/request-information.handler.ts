import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, IdempotencyKeys, Mongo, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { awaitsAnswer } from '../problems.templates';
import { InformationRequest, viewRequest } from '../review/information-request.schema';
import type { ReasonsDto } from '../review/reason-rules';
import { ReviewAccess } from '../review/review-access';
import { reviewPaused } from '../review/review-facts';

/** Asks the applicant, and lets the clock of the case stand. One question at a time. */
@Injectable()
export class RequestInformationHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(InformationRequest.name) private readonly requests: Model<InformationRequest>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly access: ReviewAccess,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, { reasons }: ReasonsDto, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const found = await this.access.findToDecide(id, caller, session);
      if (found.pausedAt) throw awaitsAnswer();
      const request = new this.requests({
        _id: newId(),
        reviewCaseId: id,
        cooperativeId: found.cooperativeId,
        askedAt: at,
        askedBy: caller.subject,
        reasons,
      });
      found.pause(at);
      const codes = [...new Set(reasons.map(({ code }) => code))];
      const deed = { at, by: caller.subject, reason: 'information_requested' };
      await this.outbox.add(found, reviewPaused(found, request._id, codes, deed), session);
      await found.save({ session });
      await request.save({ session });
      if (found.kind === 'application') {
        const cooperative = await this.cooperatives.findById(found.cooperativeId).session(session);
        if (cooperative?.registration === 'submitted') {
          cooperative.startReview(caller.subject, at);
          await cooperative.save({ session });
        }
      }
      const answer = viewRequest(request, found.state);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}
