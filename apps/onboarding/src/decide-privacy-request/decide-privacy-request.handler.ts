import { type CallerIdentity, Cipher, Clock, IdempotencyKeys, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Fulfilment } from '../privacy/fulfilment';
import { PrivacyRequest, type PrivacyRequestDocument, viewRequest } from '../privacy/privacy-request.schema';
import { identityNotChecked, notInForce, requestDecided } from '../privacy/privacy.templates';
import type { IdentityDto, PrivacyDecisionDto } from './decide-privacy-request.dto';

/** A privacy officer works on a request: first who asks, then the answer, once. */
@Injectable()
export class DecidePrivacyRequestHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    private readonly fulfilment: Fulfilment,
    private readonly trail: AuditTrail,
    private readonly cipher: Cipher,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  /** What is to be corrected is shown to decide on it, and the reading is remembered. */
  async show(id: string, { subject: by }: CallerIdentity) {
    const found = await this.requests.findById(id).lean<PrivacyRequest>();
    if (!found) throw notFound();
    const about = { subject: { kind: 'privacy_request', id }, personId: found.personId, by };
    await this.trail.add({ action: 'privacy_request.read', ...about, fields: found.changes ? ['changes'] : [] });
    const changes = found.changes ? (JSON.parse(this.cipher.decrypt(found.changes)) as object) : null;
    return { ...viewRequest(found, this.clock.now()), changes };
  }

  check(id: string, { check }: IdentityDto, { subject: by }: CallerIdentity) {
    return this.change(id, by, async (request, session) => {
      if (request.state !== 'open') throw requestDecided({ state: request.state });
      request.identity = { check, by, at: this.clock.now() };
      await this.fulfilment.remember(request, 'privacy_request.identity_checked', by, session, check);
      await request.save({ session });
    });
  }

  decide(id: string, { decision, reasonCode }: PrivacyDecisionDto, { subject: by }: CallerIdentity) {
    return this.change(id, by, async (request, session) => {
      if (request.state !== 'open') throw requestDecided({ state: request.state });
      if (decision === 'refuse') return this.fulfilment.refuse(request, by, reasonCode as string, session);
      if (!request.identity) throw identityNotChecked();
      await this.fulfilment.fulfil(request, by, session);
    });
  }

  lift(id: string, { subject: by }: CallerIdentity) {
    return this.change(id, by, (request, session) => {
      if (request.kind !== 'restriction' || request.state !== 'fulfilled') throw notInForce({ state: request.state });
      return this.fulfilment.lift(request, by, session);
    });
  }

  private change(
    id: string,
    by: string,
    act: (found: PrivacyRequestDocument, session: ClientSession) => Promise<void>,
  ) {
    return this.mongo.transaction(async (session) => {
      const found = await this.requests.findById(id).session(session);
      if (!found) throw notFound();
      await act(found, session);
      const answer = viewRequest(found, this.clock.now());
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}
