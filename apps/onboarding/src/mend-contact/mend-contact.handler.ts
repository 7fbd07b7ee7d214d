import { Clock, Mongo, newId, notFound, RateLimits } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { StatusToken } from '../cooperative/status-token';
import { Consent } from '../people/consent.schema';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { Person } from '../people/person.schema';
import { publicFlow, VerificationFlow } from '../people/verification-flow.schema';
import { contactAlreadyVerified } from '../problems.templates';
import type { MendContactDto } from './mend-contact.dto';

/** Mends a mistyped address before anybody has confirmed one: the old one is dropped, the new one is asked. */
@Injectable()
export class MendContactHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    private readonly book: ContactBook,
    private readonly status: StatusToken,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, authorization: string | undefined, input: MendContactDto) {
    await this.status.open(id, authorization);
    const addresses = addressesOf(input);
    if (addresses.length > 0) await this.limits.take('contacts-mended', id, { points: 5, seconds: 3_600 });
    for (const { address } of addresses) {
      await this.limits.take('sign-ups-per-contact', address, { points: 5, seconds: 3_600 });
    }
    await this.book.refuseTooMany(addresses, this.clock.now());
    return this.mongo.transaction((session) => this.mend(id, authorization, input, session));
  }

  private async mend(id: string, authorization: string | undefined, input: MendContactDto, session: ClientSession) {
    const at = this.clock.now();
    const cooperative = await this.status.open(id, authorization, session);
    if (cooperative.contactVerifiedAt) throw contactAlreadyVerified();
    const person = await this.people.findOne({ cooperativeId: id, claimId: null }).session(session);
    if (!person) throw notFound();
    person.name = input.name ?? person.name;
    person.position = input.position ?? person.position;
    person.language = input.language ?? person.language;
    const consent = await this.consents.findOne({ personId: person._id }).session(session);
    const opened: VerificationFlow[] = [];
    for (const { channel, address } of addressesOf(input)) {
      const old = person.contacts.filter((contact) => contact.channel === channel);
      if (old.some((contact) => contact.address === address)) continue;
      for (const { _id } of old) person.contacts.splice(indexOf(person, _id), 1);
      const consented = consent?.channels.includes(channel) ?? false;
      const contactId = newId();
      person.contacts.push({
        _id: contactId,
        channel,
        address,
        addressHash: this.book.hash(address),
        consented,
        sends: [],
        statusLinks: 0,
      });
      const contact = person.contacts[indexOf(person, contactId)];
      const next = contact && consented ? await this.book.reopen(cooperative, person, contact, at, session) : undefined;
      if (next) opened.push(next);
      const gone = { contactId: { $in: old.map(({ _id }) => _id) }, nextFlowId: null };
      const replaced = { state: 'replaced' as const, ...(next && { nextFlowId: next._id }) };
      await this.flows.updateMany(gone, { $set: replaced }, { session });
    }
    cooperative.seen(at);
    cooperative.matchAgain();
    await person.save({ session });
    await cooperative.save({ session });
    return { id, verifications: opened.map(publicFlow) };
  }
}

function indexOf({ contacts }: Person, contactId: string): number {
  return contacts.findIndex(({ _id }) => _id === contactId);
}
