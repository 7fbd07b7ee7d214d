import { newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { Cooperative } from '../cooperative/cooperative.schema';
import { AuditTrail } from '../audit/audit-trail';
import { ContactBook } from './contact-book';
import { addressesOf, type ContactDetails } from './contact-details';
import { agreedOn, Consents } from './consents';
import type { Person } from './person.schema';
import { VerificationFlow } from './verification-flow.schema';

/** Mends what is held of a person: an old address is dropped, the new one is asked. */
@Injectable()
export class ContactMending {
  constructor(
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    private readonly consents: Consents,
    private readonly book: ContactBook,
    private readonly trail: AuditTrail,
  ) {}

  /** Changes the documents and opens flows; the caller saves person and cooperative. */
  async apply(
    cooperative: Pick<Cooperative, 'id' | 'sequence'>,
    person: Person,
    input: Partial<ContactDetails>,
    at: Date,
    session: ClientSession,
    by = 'person',
  ): Promise<VerificationFlow[]> {
    const { name, position, email, phone, language } = input;
    person.name = name ?? person.name;
    person.position = position ?? person.position;
    person.language = language ?? person.language;
    const opened = await this.replace(cooperative, person, input, at, session);
    const audited = {
      action: 'person.corrected',
      subject: { kind: 'cooperative', id: person.cooperativeId },
      personId: person._id,
      fields: { name, position, email, phone, language },
      by,
    };
    await this.trail.add(audited, session);
    return opened;
  }

  private async replace(
    cooperative: Pick<Cooperative, 'id' | 'sequence'>,
    person: Person,
    input: Partial<ContactDetails>,
    at: Date,
    session: ClientSession,
  ): Promise<VerificationFlow[]> {
    const entries = await this.consents.of(person._id, session);
    const opened: VerificationFlow[] = [];
    for (const { channel, address } of addressesOf(input)) {
      const old = person.contacts.filter((contact) => contact.channel === channel);
      if (old.some((contact) => contact.address === address)) continue;
      for (const { _id } of old) person.contacts.splice(indexOf(person, _id), 1);
      const consented = agreedOn(entries, channel).service;
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
    return opened;
  }
}

function indexOf({ contacts }: Person, contactId: string): number {
  return contacts.findIndex(({ _id }) => _id === contactId);
}
