import { ContactVouchedV1, event } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, IdempotencyKeys, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative } from '../cooperative/cooperative.schema';
import { IN_USE, Person } from '../people/person.schema';
import { contactAlreadyVerified, wrongState } from '../problems.templates';
import { Requirements } from '../requirement/requirements';
import type { VouchDto } from './vouch-for-contact.dto';

/** The way out for who gets no code: the office that knows them says that the contact is theirs. */
@Injectable()
export class VouchForContactHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly requirements: Requirements,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, { channel, reason, note }: VouchDto, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const cooperative = await this.cooperatives.findById(id).session(session);
      if (!cooperative || !caller.covers(cooperative.regionCode)) throw notFound();
      if (!cooperative.takesContacts()) throw wrongState({ registration: cooperative.registration });
      const theirs = { ...IN_USE, cooperativeId: id, claimId: null, 'contacts.channel': channel };
      const person = await this.people.findOne(theirs).session(session);
      const contact = person?.contacts.find((point) => point.channel === channel);
      if (!person || !contact) throw notFound();
      if (contact.verifiedAt) throw contactAlreadyVerified();
      contact.vouched = { at, by: caller.subject, reason, ...(note && { note }) };
      cooperative.contactVouchedAt ??= at;
      const contactId = contact._id;
      const fact = event(ContactVouchedV1, { ...cooperative.fact(at), contactId, channel, reason });
      await this.outbox.add(cooperative, fact, session);
      await person.save({ session });
      await cooperative.save({ session });
      await this.requirements.settle(cooperative, session);
      const subject = { kind: 'cooperative', id };
      const about = { action: 'contact.vouched', subject, personId: person._id, by: caller.subject, reason };
      await this.audit.add({ ...about, fields: [`contacts.${channel}`] }, session);
      const answer = { cooperativeId: id, contactId, channel, reason, vouchedAt: at.toISOString() };
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}
