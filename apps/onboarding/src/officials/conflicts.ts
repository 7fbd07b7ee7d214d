import { Derivation, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Person } from '../people/person.schema';
import { ConflictOfInterest } from './conflict-of-interest.schema';
import { Official } from './official.schema';

/** Which officials must not decide about a cooperative: they said so, or they speak for it themselves. */
@Injectable()
export class Conflicts {
  constructor(
    @InjectModel(ConflictOfInterest.name) private readonly declared: Model<ConflictOfInterest>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Official.name) private readonly officials: Model<Official>,
    private readonly derivation: Derivation,
  ) {}

  /** Those of some officials who are in conflict, by their ids. */
  async among(
    officials: readonly Pick<Official, '_id' | 'contacts'>[],
    cooperativeId: string,
    session: ClientSession,
  ): Promise<Set<string>> {
    const declared = await this.declared.find({ cooperativeId }).session(session).lean<ConflictOfInterest[]>();
    const people = await this.people.find({ cooperativeId }, { contacts: 1 }).session(session).lean<Person[]>();
    const hashes = new Set(people.flatMap(({ contacts }) => contacts.map(({ addressHash }) => addressHash)));
    const speaks = ({ contacts }: Pick<Official, 'contacts'>) =>
      contacts.some(({ address }) => hashes.has(this.derivation.hash('address', address)));
    return new Set([
      ...declared.map(({ officialId }) => officialId),
      ...officials.filter(speaks).map(({ _id }) => _id),
    ]);
  }

  /** Whether whoever calls must not decide. */
  async has(officialId: string, cooperativeId: string, session: ClientSession): Promise<boolean> {
    const official = await this.officials.findById(officialId).session(session).lean<Official>();
    return (await this.among(official ? [official] : [], cooperativeId, session)).has(officialId);
  }

  /** Records a declaration; false where it was there. */
  async declare(officialId: string, cooperativeId: string, at: Date, session: ClientSession): Promise<boolean> {
    if (await this.declared.exists({ officialId, cooperativeId }).session(session)) return false;
    await this.declared.insertMany([{ _id: newId(), officialId, cooperativeId, declaredAt: at }], { session });
    return true;
  }
}
