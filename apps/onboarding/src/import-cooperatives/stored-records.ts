import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Person } from '../people/person.schema';
import type { Judged, Stored } from './plan';

/** Finds what is stored already under the keys of a chunk. */
@Injectable()
export class StoredRecords {
  constructor(
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
  ) {}

  async of(chunk: readonly Judged[], session: ClientSession): Promise<Stored> {
    const keys = (name: 'importKey' | 'legalKey' | 'nikKey') => chunk.flatMap(({ read }) => read?.keys[name] ?? []);
    const found = new Map<string, Cooperative>();
    for (const name of ['importKey', 'legalKey', 'nikKey'] as const) {
      const values = keys(name);
      if (values.length === 0) continue;
      const matches = await this.cooperatives.find({ [name]: { $in: values } }).session(session);
      // One object for each record, under whichever key it is met: its counter must not be raised on two copies.
      for (const match of matches) if (!found.has(match.id)) found.set(match.id, match);
    }
    const people =
      found.size > 0
        ? await this.people
            .find({ cooperativeId: { $in: [...found.keys()] }, claimId: null, formerSince: null })
            .session(session)
        : [];
    const by = (name: 'importKey' | 'legalKey' | 'nikKey') =>
      new Map([...found.values()].flatMap((record) => (record[name] ? [[record[name], record] as const] : [])));
    return {
      byImportKey: by('importKey'),
      byLegalKey: by('legalKey'),
      byNikKey: by('nikKey'),
      peopleOf: groupByCooperative(people),
    };
  }
}

function groupByCooperative(people: readonly Person[]): Map<string, Person[]> {
  const groups = new Map<string, Person[]>();
  for (const person of people) groups.set(person.cooperativeId, [...(groups.get(person.cooperativeId) ?? []), person]);
  return groups;
}
