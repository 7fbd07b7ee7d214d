import { notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Official } from '../officials/official.schema';
import { agreedOn, Consents } from '../people/consents';
import { Person } from '../people/person.schema';

/** On which channels a person may choose what they get: the one whose link they hold, and others that they have verified. */
@Injectable()
export class ListChannelsHandler {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Official.name) private readonly officials: Model<Official>,
    private readonly consents: Consents,
  ) {}

  async ofContact(contactId: string) {
    const person = await this.people.findOne({ 'contacts._id': contactId }).lean<Person>();
    if (!person) throw notFound();
    const entries = await this.consents.of(person._id);
    const items = person.contacts
      .filter(({ _id, verifiedAt }) => verifiedAt || _id === contactId)
      .map(({ _id, channel, address }) => ({
        contactId: _id,
        channel,
        address,
        consents: agreedOn(entries, channel),
      }));
    return { items };
  }

  /** Officials are written to by their office: there is nothing to agree to, only to stop. */
  async ofOfficial(officialId: string) {
    const official = await this.officials.findById(officialId).lean<Official>();
    if (!official) throw notFound();
    const consents = { service: true, announcements: true };
    return { items: official.contacts.map(({ channel, address }) => ({ channel, address, consents })) };
  }
}
