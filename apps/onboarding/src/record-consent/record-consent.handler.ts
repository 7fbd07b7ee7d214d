import { Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { agreedOn, Consents } from '../people/consents';
import { Person } from '../people/person.schema';
import type { RecordConsentDto } from './record-consent.dto';

/** Adds to the ledger that a person wants announcements on a channel; once, however often it is said. */
@Injectable()
export class RecordConsentHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly consents: Consents,
  ) {}

  execute(contactId: string, { version, textHash }: RecordConsentDto) {
    return this.mongo.transaction(async (session) => {
      const person = await this.people.findOne({ 'contacts._id': contactId }).session(session);
      const contact = person?.contacts.find(({ _id }) => _id === contactId);
      if (!person || !contact) throw notFound();
      const { channel } = contact;
      const agreed = agreedOn(await this.consents.of(person._id, session), channel);
      if (!agreed.announcements) {
        const given = {
          version,
          ...(textHash && { textHash }),
          purposes: ['announcements' as const],
          channels: [channel],
        };
        await this.consents.add(person, given, session);
        contact.consented = true;
        await person.save({ session });
      }
      return { contactId, consents: { ...agreed, announcements: true } };
    });
  }
}
