import { Outbox } from '@idxcoop/messaging';
import { Clock, Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditKeys } from '../audit/audit-keys';
import { AuditTrail } from '../audit/audit-trail';
import { Claim } from '../claims/claim.schema';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import { ReviewCase } from '../review/review-case.schema';
import { Sessions } from '../sessions/sessions';
import { ErasedPerson } from './erased-person.schema';
import { PrivacyRequest } from './privacy-request.schema';

/** What a record of elsewhere knows of an erasure. */
export type KnownErasure = Pick<ErasedPerson, '_id' | 'cooperativeId' | 'contactIds'>;

/**
 * Takes a person out of everything: ids stay, so the cooperative, its counts and the trail stay whole. Consents stay as proof,
 * they hold ids only. Done twice it does nothing more. The original of the import that a person came by holds other people too,
 * encrypted, and is not cut: the database deletes it 30 days after the end of that import, so it is gone by the due day of an
 * erasure that was asked for after that end.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(ErasedPerson.name) private readonly erased: Model<ErasedPerson>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    private readonly sessions: Sessions,
    private readonly keys: AuditKeys,
    private readonly trail: AuditTrail,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Erases a person; the fact tells the others. */
  async erase(person: Person, by: string, session: ClientSession): Promise<void> {
    const at = this.clock.now();
    const { _id: personId, cooperativeId, claimId, importId } = person;
    const contactIds = person.contacts.map(({ _id }) => _id);
    const known = await this.erased.findById(personId).session(session);
    const left = known ?? new this.erased({ _id: personId, cooperativeId, contactIds, importId, erasedAt: at });
    await this.trail.add({ action: 'person.erased', subject: { kind: 'person', id: personId }, personId, by }, session);
    await this.outbox.add(left, left.erased(at), session);
    await left.save({ session });
    await this.flows.deleteMany({ personId }, { session });
    await this.people.deleteOne({ _id: personId }, { session });
    await this.sessions.end({ subjectId: personId, endedAt: null }, 'subject_gone', session);
    await this.keys.destroy(personId, session);
    await this.endRequests(personId, at, session);
    if (claimId) await this.endClaim(claimId, at, session);
    // Links to the status page that this person holds end, as at a hand-over.
    else await this.cooperatives.updateOne({ _id: cooperativeId }, { $inc: { tokenGeneration: 1 } }, { session });
  }

  /** Does an erasure again that a restore has undone; whether there was anything to do. */
  async again(known: KnownErasure, by: string): Promise<boolean> {
    return this.mongo.transaction(async (session) => {
      const person = await this.people.findById(known._id).session(session).lean<Person>();
      if (person) {
        await this.erase(person, by, session);
        return true;
      }
      const isLogged = await this.erased.exists({ _id: known._id }).session(session);
      // The log itself may be as old as what was restored.
      if (!isLogged) await this.erased.insertMany([{ ...known, erasedAt: this.clock.now() }], { session });
      await this.keys.destroy(known._id, session);
      const { deletedCount } = await this.flows.deleteMany({ personId: known._id }, { session });
      return deletedCount > 0;
    });
  }

  /** Everybody of the log who is there again. */
  async restored(): Promise<ErasedPerson[]> {
    const all = await this.erased.find({}).lean<ErasedPerson[]>();
    const back = await this.people.find({ _id: { $in: all.map(({ _id }) => _id) } }, { _id: 1 }).lean<Person[]>();
    const ids = new Set(back.map(({ _id }) => _id));
    return all.filter(({ _id }) => ids.has(_id));
  }

  log(): Promise<ErasedPerson[]> {
    return this.erased.find({}).lean<ErasedPerson[]>().exec();
  }

  /** What the person still waited for has no object any more. */
  private async endRequests(personId: string, at: Date, session: ClientSession): Promise<void> {
    const ended = { state: 'refused' as const, decidedAt: at, decidedBy: 'system', reasonCode: 'person_erased' };
    const open = { personId, state: 'open' as const, kind: { $ne: 'erasure' as const } };
    await this.requests.updateMany(open, { $set: ended, $unset: { changes: 1 } }, { session });
    await this.requests.updateMany({ personId, copyUntil: { $gt: at } }, { $set: { copyUntil: at } }, { session });
  }

  private async endClaim(claimId: string, at: Date, session: ClientSession): Promise<void> {
    await this.claims.deleteOne({ _id: claimId, state: { $in: ['unverified', 'in_review'] } }, { session });
    const open = { claimId, state: 'open' as const };
    await this.cases.updateMany(open, { $set: { state: 'withdrawn', decidedAt: at } }, { session });
  }
}
