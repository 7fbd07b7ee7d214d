import { Clock, Mongo, notFound, RateLimits } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { StatusToken } from '../cooperative/status-token';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { ContactMending } from '../people/contact-mending';
import { Person } from '../people/person.schema';
import { publicFlow } from '../people/verification-flow.schema';
import { contactAlreadyVerified } from '../problems.templates';
import type { MendContactDto } from './mend-contact.dto';

/** Mends a mistyped address before anybody has confirmed one: the old one is dropped, the new one is asked. */
@Injectable()
export class MendContactHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly mending: ContactMending,
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
    const opened = await this.mending.apply(cooperative, person, input, at, session);
    cooperative.seen(at);
    cooperative.matchAgain();
    await person.save({ session });
    await cooperative.save({ session });
    return { id, verifications: opened.map(publicFlow) };
  }
}
