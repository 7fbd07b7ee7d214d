import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, fieldError, IdempotencyKeys, Mongo, notFound, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Claim } from '../claims/claim.schema';
import { confirmContact, handOver } from '../claims/hand-over';
import { HandOvers } from '../claims/hand-overs';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import { REQUIREMENTS, type RequirementKey } from '../requirement/keys';
import { Requirements } from '../requirement/requirements';
import { ReviewAccess } from '../review/review-access';
import type { ReviewCaseDocument } from '../review/review-case.schema';
import { viewCase } from '../review/view-case';
import { approvedWithReasons } from './review-application.templates';
import type { DecisionDto } from './review-application.dto';

/** A contact stays verified, and an application is due again by its rejection. */
const REOPENED: readonly RequirementKey[] = REQUIREMENTS.filter(
  (key) => key !== 'verifiedContact' && key !== 'application',
);

/** Decides a case once: of two officers at the same moment one gets 409. */
@Injectable()
export class DecideApplicationHandler {
  constructor(
    private readonly mongo: Mongo,
    private readonly access: ReviewAccess,
    private readonly requirements: Requirements,
    private readonly audit: AuditTrail,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    private readonly handOvers: HandOvers,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, input: DecisionDto, caller: CallerIdentity) {
    if (input.decision === 'reject' && !input.reasons?.length) throw refusal([fieldError('/reasons', 'required')]);
    if (input.decision === 'approve' && input.reasons?.length)
      throw refusal([fieldError('/reasons', 'not_allowed', approvedWithReasons)]);
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const found = await this.access.findToDecide(id, caller, session);
      const cooperative = await this.cooperatives.findById(found.cooperativeId).session(session);
      if (!cooperative) throw notFound();
      const approved = input.decision === 'approve';
      const decided = { state: approved ? 'approved' : 'rejected', decidedAt: at, decidedBy: caller.subject } as const;
      found.set({ ...decided, reasons: approved ? [] : (input.reasons ?? []) });
      if (found.kind === 'claim') await this.decideClaim(found, cooperative, at, session);
      else await this.decideApplication(found, cooperative, caller, at, session);
      await found.save({ session });
      await cooperative.save({ session });
      if (found.kind === 'application') await this.askAgain(found, cooperative, caller, session);
      const subject = { kind: 'review_case', id };
      await this.audit.add({ action: `review_case.${decided.state}`, subject, by: caller.subject }, session);
      const answer = viewCase(found, cooperative);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  private async decideApplication(
    found: ReviewCaseDocument,
    cooperative: CooperativeDocument,
    caller: CallerIdentity,
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    if (cooperative.registration === 'submitted') cooperative.startReview(caller.subject, at);
    const codes = found.reasons.map(({ code }) => code);
    const fact =
      found.state === 'approved'
        ? cooperative.approve(found._id, caller.subject, at)
        : cooperative.reject(found._id, codes, caller.subject, at);
    await this.outbox.add(cooperative, fact, session);
  }

  /** What an officer objected to is due again, each requirement by itself; its due days are told. */
  private async askAgain(
    { reasons }: ReviewCaseDocument,
    cooperative: CooperativeDocument,
    { subject: by }: CallerIdentity,
    session: ClientSession,
  ): Promise<void> {
    for (const key of REOPENED.filter((known) => reasons.some(({ requirement }) => requirement === known))) {
      const why = reasons.filter(({ requirement }) => requirement === key);
      await this.requirements.reopen(cooperative._id, key, why, session, { by });
    }
    await this.requirements.settle(cooperative, session);
  }

  /** An approved claimant speaks for the cooperative from now on, and nobody of before; a rejected one is forgotten. */
  private async decideClaim(
    found: ReviewCaseDocument,
    cooperative: CooperativeDocument,
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    const state = found.state === 'approved' ? 'approved' : 'rejected';
    await this.claims.updateOne({ _id: found.claimId }, { $set: { state, decidedAt: at } }, { session });
    const person = await this.people.findOne({ claimId: found.claimId }).session(session);
    const contact = person?.contacts.find(({ verifiedAt }) => verifiedAt);
    if (!person || !contact) return;
    if (state === 'rejected') {
      await person.deleteOne({ session });
      return;
    }
    await this.handOvers.retire(cooperative.id, person._id, at, session);
    const flow = await this.flows.findOne({ contactId: contact._id, state: 'verified' }).session(session);
    const verified = flow && confirmContact(cooperative, person, contact, flow.id, at);
    const links = handOver(cooperative, person, contact, verified?.first ?? false, at);
    for (const fact of [...(verified ? [verified] : []), ...links]) await this.outbox.add(cooperative, fact, session);
    await person.save({ session });
  }
}
