import { Outbox } from '@idxcoop/messaging';
import { Cipher, Clock, IdempotencyKeys, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { StatusToken } from '../cooperative/status-token';
import { alreadyAnswered, alreadyDecided } from '../problems.templates';
import { InformationRequest, viewRequest } from '../review/information-request.schema';
import { ReviewCase } from '../review/review-case.schema';
import { ReviewDesk } from '../review/review-desk';
import { reviewResumed } from '../review/review-facts';
import type { AnswerDto } from './request-information.dto';

/** The applicant answers, once: the clock goes on where it stood. */
@Injectable()
export class AnswerRequestHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(InformationRequest.name) private readonly requests: Model<InformationRequest>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly status: StatusToken,
    private readonly desk: ReviewDesk,
    private readonly cipher: Cipher,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, requestId: string, { text }: AnswerDto, authorization: string | undefined) {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const cooperative = await this.status.open(id, authorization, session);
      const request = await this.requests.findOne({ _id: requestId, cooperativeId: id }).session(session);
      const found = request && (await this.cases.findById(request.reviewCaseId).session(session));
      if (!found) throw notFound();
      if (request.answeredAt) throw alreadyAnswered();
      if (found.state !== 'open') throw alreadyDecided({ state: found.state });
      request.answeredAt = at;
      if (text) request.answer = this.cipher.encrypt(text);
      found.resume(at, await this.desk.timeOf(found, found.office, at, session));
      const deed = { at, by: 'applicant', reason: 'information_given' };
      await this.outbox.add(found, reviewResumed(found, requestId, deed), session);
      cooperative.seen(at);
      for (const document of [request, found, cooperative]) await document.save({ session });
      const answer = viewRequest(request, found.state);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}
