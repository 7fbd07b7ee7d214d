import { type CallerIdentity, Cipher } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { StatusToken } from '../cooperative/status-token';
import { InformationRequest, viewRequest } from '../review/information-request.schema';
import { ReviewAccess } from '../review/review-access';
import { ReviewCase } from '../review/review-case.schema';

/** Questions and answers of a case, for both sides. */
@Injectable()
export class ListRequestsHandler {
  constructor(
    @InjectModel(InformationRequest.name) private readonly requests: Model<InformationRequest>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly access: ReviewAccess,
    private readonly status: StatusToken,
    private readonly audit: AuditTrail,
    private readonly cipher: Cipher,
  ) {}

  /** What officers read of an applicant's words is remembered. */
  async ofCase(id: string, caller: CallerIdentity) {
    const { state } = await this.access.find(id, caller);
    const rows = await this.requests.find({ reviewCaseId: id }).sort({ _id: 1 }).lean<InformationRequest[]>();
    if (rows.some(({ answer }) => answer)) {
      await this.audit.add({ action: 'answer.read', subject: { kind: 'review_case', id }, by: caller.subject });
    }
    const items = rows.map((row) => viewRequest(row, state, row.answer && this.cipher.decrypt(row.answer)));
    return { items, nextCursor: null };
  }

  /** What the applicant wrote they know: it is not given out to whoever holds the link now. */
  async ofCooperative(id: string, authorization: string | undefined) {
    await this.status.open(id, authorization);
    const rows = await this.requests.find({ cooperativeId: id }).sort({ _id: 1 }).lean<InformationRequest[]>();
    const cases = await this.cases.find({ cooperativeId: id }, { state: 1 }).lean<ReviewCase[]>();
    const stateOf = new Map(cases.map(({ _id, state }) => [_id, state]));
    const items = rows.map((row) => viewRequest(row, stateOf.get(row.reviewCaseId) ?? 'withdrawn'));
    return { items, nextCursor: null };
  }
}
