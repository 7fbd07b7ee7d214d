import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, fieldError, IdempotencyKeys, Mongo, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail';
import { EvidenceAccess } from '../evidence/evidence-access';
import { viewEvidence } from '../evidence/evidence-view';
import { Requirements } from '../requirement/requirements';
import type { EvidenceDecisionDto } from './review-evidence.dto';
import { acceptedWithReasons } from './review-evidence.templates';

/** Accepts or rejects one document, once; the requirement follows. */
@Injectable()
export class DecideEvidenceHandler {
  constructor(
    private readonly mongo: Mongo,
    private readonly access: EvidenceAccess,
    private readonly requirements: Requirements,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, { decision, reasons = [] }: EvidenceDecisionDto, caller: CallerIdentity) {
    const accepts = decision === 'accept';
    if (!accepts && reasons.length === 0) throw refusal([fieldError('/reasons', 'required')]);
    if (accepts && reasons.length > 0) throw refusal([fieldError('/reasons', 'not_allowed', acceptedWithReasons)]);
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const by = caller.subject;
      const found = await this.access.find(id, caller, session);
      await this.outbox.add(found, accepts ? found.accept(by, at) : found.reject(reasons, by, at), session);
      await found.save({ session });
      const { cooperativeId, requirement, period } = found;
      if (accepts) await this.requirements.accepted(cooperativeId, requirement, id, session, { by, period });
      else {
        const why = reasons.map((reason) => ({ ...reason, requirement }));
        await this.requirements.rejected(cooperativeId, requirement, why, session, { by, period });
      }
      const subject = { kind: 'evidence', id };
      await this.audit.add({ action: `evidence.${found.state}`, subject, by, reason: reasons[0]?.code }, session);
      const answer = viewEvidence(found);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}
