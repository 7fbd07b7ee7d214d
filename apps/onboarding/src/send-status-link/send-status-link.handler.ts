import { Outbox } from '@idxcoop/messaging';
import { Clock, fieldError, Mongo, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { statusLink } from '../claims/hand-over';
import { Cooperative } from '../cooperative/cooperative.schema';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { contactMissing } from '../people/contact.templates';
import { Person } from '../people/person.schema';
import { waitForSend } from '../people/verification-flow.schema';
import type { SendStatusLinkDto } from './send-status-link.dto';

/** Sends a new status link to a verified contact, and tells nobody whether there is one. */
@Injectable()
export class SendStatusLinkHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly book: ContactBook,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(input: SendStatusLinkDto): Promise<void> {
    const hashes = addressesOf(input).map(({ address }) => this.book.hash(address));
    if (hashes.length === 0) throw refusal([fieldError('', contactMissing.code, contactMissing)]);
    await this.mongo.transaction((session) => this.send(hashes, session));
  }

  private async send(hashes: string[], session: ClientSession): Promise<void> {
    const at = this.clock.now();
    const people = await this.people.find({ 'contacts.addressHash': { $in: hashes }, claimId: null }).session(session);
    for (const person of people) {
      const contact = person.contacts.find(({ addressHash, verifiedAt }) => verifiedAt && hashes.includes(addressHash));
      const cooperative = contact && (await this.cooperatives.findById(person.cooperativeId).session(session));
      if (!contact || !cooperative || waitForSend(contact.sends, at) > 0) continue;
      await this.outbox.add(cooperative, statusLink(person, contact, at), session);
      await person.save({ session });
      await cooperative.save({ session });
    }
  }
}
