import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { IN_USE, Person } from '../people/person.schema';

/** A number stands for one person or an office; more cooperatives than this are nobody's. */
const MOST = 50;

/** Finds the verified contacts of a number: no name and no address, and nobody who only claims a cooperative. */
@Injectable()
export class FindContactsHandler {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly book: ContactBook,
  ) {}

  /** The newest first, one for each cooperative. */
  async execute(phone: string) {
    const hashes = addressesOf({ phone }).map(({ address }) => this.book.hash(address));
    const people = await this.people
      .find({ ...IN_USE, 'contacts.addressHash': { $in: hashes }, claimId: null })
      .sort({ createdAt: -1 })
      .limit(MOST)
      .lean<Person[]>();
    const found = people.flatMap(({ contacts, cooperativeId, language }) =>
      contacts
        .filter(({ addressHash, verifiedAt }) => verifiedAt && hashes.includes(addressHash))
        .map(({ _id }) => ({ contactId: _id, cooperativeId, language })),
    );
    const seen = new Set<string>();
    const items = found.filter(({ cooperativeId }) => !seen.has(cooperativeId) && seen.add(cooperativeId));
    return { items };
  }
}
