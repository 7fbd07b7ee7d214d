import { CHANNELS, CooperativeHandedOverV1, event } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import type { CooperativeDocument } from '../cooperative/cooperative.schema';
import { PURPOSES } from '../people/consent.schema';
import { Consents } from '../people/consents';
import { type ContactPoint, Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import { Sessions } from '../sessions/sessions';
import { Claim, type ClaimDocument } from './claim.schema';
import { confirmContact, handOver } from './hand-over';

/** Lets somebody else speak for a cooperative from now on. The caller saves cooperative, person and claim. */
@Injectable()
export class HandOvers {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    private readonly consents: Consents,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The named contact has proved an address: it takes over. */
  async complete(
    cooperative: CooperativeDocument,
    { person, contact, flowId }: { person: Person; contact: ContactPoint; flowId: string },
    claim: ClaimDocument,
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    const { begunBy = 'contact', by = 'person', reason = 'other' } = claim.handOver ?? {};
    Object.assign(claim, { state: 'approved', decidedAt: at });
    await this.dropPending(cooperative.id, claim.id, at, session);
    await this.retire(cooperative.id, person._id, at, session);
    const verified = confirmContact(cooperative, person, contact, flowId, at);
    const links = handOver(cooperative, person, contact, verified.first, at);
    const { _id: contactId, channel } = contact;
    const about = { handOverId: claim.id, contactId, channel, language: person.language, begunBy, reason };
    const handedOver = event(CooperativeHandedOverV1, { ...cooperative.fact(at), ...about });
    for (const fact of [verified, handedOver, ...links]) await this.outbox.add(cooperative, fact, session);
    const subject = { kind: 'cooperative', id: cooperative.id };
    await this.audit.add({ action: 'cooperative.handed_over', subject, personId: person._id, by, reason }, session);
  }

  /** Whoever spoke for a cooperative before: addresses, what is on its way to them, consents and sessions end. The name stays as history. */
  async retire(cooperativeId: string, successorId: string, at: Date, session: ClientSession): Promise<void> {
    const former = await this.people
      .find({ cooperativeId, claimId: null, formerSince: null, _id: { $ne: successorId } })
      .session(session);
    for (const person of former) {
      await this.consents.withdraw(person, { purposes: [...PURPOSES], channels: [...CHANNELS] }, session);
      person.set({ formerSince: at, contacts: [] });
      await person.save({ session });
    }
    const ids = former.map(({ _id }) => _id);
    await this.flows.updateMany(
      { personId: { $in: ids }, state: 'open' },
      { $set: { state: 'replaced' } },
      { session },
    );
    await this.sessions.end({ subjectId: { $in: ids } }, 'handed_over', session);
  }

  /** Others who were named and have not proved an address yet: only the last one named may take over. */
  async dropPending(cooperativeId: string, except: string, at: Date, session: ClientSession): Promise<void> {
    const pending = await this.claims
      .find({ cooperativeId, state: 'unverified', handOver: { $exists: true }, _id: { $ne: except } }, { _id: 1 })
      .session(session)
      .lean<Claim[]>();
    if (pending.length === 0) return;
    const claimId = { $in: pending.map(({ _id }) => _id) };
    await this.claims.updateMany({ _id: claimId }, { $set: { state: 'rejected', decidedAt: at } }, { session });
    await this.flows.updateMany({ claimId, state: 'open' }, { $set: { state: 'replaced' } }, { session });
    await this.people.deleteMany({ claimId }, { session });
  }
}
