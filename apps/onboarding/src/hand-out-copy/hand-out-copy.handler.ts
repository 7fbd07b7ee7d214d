import { Clock, Derivation, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { COPY, PrivacyRequest } from '../privacy/privacy-request.schema';
import { copyGone } from '../privacy/privacy.templates';
import { PersonalCopy } from './personal-copy';

/** Hands a copy out, once. Who holds the link proved that the contact is theirs: it went nowhere else. */
@Injectable()
export class HandOutCopyHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    private readonly copies: PersonalCopy,
    private readonly trail: AuditTrail,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, token: string): Promise<object> {
    if (this.derivation.readToken(COPY, token)?.subjectId !== id) throw notFound();
    const request = await this.requests.findOne({ _id: id, kind: 'access' }).lean<PrivacyRequest>();
    if (!request) throw notFound();
    this.refuseGone(request);
    // Made first: a service that is away uses nothing up.
    const copy = await this.copies.of(request.personId);
    await this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const open = { _id: id, handedOutAt: null, copyUntil: { $gt: at } };
      const taken = await this.requests.findOneAndUpdate(open, { $set: { handedOutAt: at } }, { session });
      if (!taken) throw copyGone();
      const about = { subject: { kind: 'privacy_request', id }, personId: request.personId, by: 'person' };
      await this.trail.add({ action: 'privacy_request.handed_out', ...about }, session);
    });
    return copy;
  }

  private refuseGone({ handedOutAt, copyUntil }: PrivacyRequest): void {
    if (handedOutAt || !copyUntil || copyUntil <= this.clock.now()) throw copyGone();
  }
}
