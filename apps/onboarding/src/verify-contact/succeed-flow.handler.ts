import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { ContactBook } from '../people/contact-book';
import { Person } from '../people/person.schema';
import { VerificationFlow, type VerificationFlowDocument, waitForSend } from '../people/verification-flow.schema';

/** Finds the flow that lives in the place of one that does not, or opens it where the contact may be written to again. */
@Injectable()
export class SucceedFlowHandler {
  constructor(
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly book: ContactBook,
  ) {}

  /** The id of the living flow; null where the contact is verified already, gone, or has had enough messages. */
  async execute(ended: VerificationFlowDocument, at: Date, session: ClientSession): Promise<string | null> {
    const last = await this.newest(ended, session);
    if (last.isLive(at)) return last.id;
    if (last.state === 'verified' || last.state === 'replaced') return null;
    const cooperative = await this.cooperatives.findById(last.cooperativeId).session(session);
    const person = await this.people.findById(last.personId).session(session);
    const contact = person?.contacts.find(({ _id }) => _id === last.contactId);
    if (!cooperative?.takesContacts() || !person || !contact || waitForSend(contact.sends, at) > 0) return null;
    if ((await this.book.wait(contact.addressHash, at, session)) > 0) return null;
    const fresh = await this.book.reopen(cooperative, person, contact, at, session);
    if (last.state === 'open') last.state = 'expired';
    last.nextFlowId = fresh._id;
    for (const document of [last, person, cooperative]) await document.save({ session });
    return fresh._id;
  }

  /** The last flow of the chain that begins with this one. */
  async newest(flow: VerificationFlowDocument, session: ClientSession): Promise<VerificationFlowDocument> {
    for (let current = flow; ; ) {
      const next = current.nextFlowId && (await this.flows.findById(current.nextFlowId).session(session));
      if (!next) return current;
      current = next;
    }
  }
}
