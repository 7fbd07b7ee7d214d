import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Person } from '../people/person.schema';
import type { Member } from './duplicate-candidate.schema';
import { type Likeness, likeness } from './similarity';
import { VillageNames } from './village-names';

/** What is read of a cooperative to match it. */
export type Looked = Pick<Cooperative, '_id' | 'name' | 'regionCode' | 'website' | 'matchMarks'>;

export interface LookAlike extends Likeness {
  looked: Looked;
  other: Looked;
}

const NEEDED = { name: 1, regionCode: 1, website: 1, matchMarks: 1 } as const;

/** So many others are held against one batch: what even more share tells nobody from anybody. */
const MOST = 2_000;

/** Finds the cooperatives that may be one with those that are looked at: three reads by index, however many there are in all. */
@Injectable()
export class LookAlikes {
  constructor(
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly places: VillageNames,
  ) {}

  /** Those that are alike, and whether there was room to look at all of them. */
  async of(looked: readonly Looked[]): Promise<{ found: LookAlike[]; isComplete: boolean }> {
    const matched = looked.filter(({ matchMarks }) => matchMarks && matchMarks.length > 0);
    if (matched.length === 0) return { found: [], isComplete: true };
    const marks = [...new Set(matched.flatMap(({ matchMarks = [] }) => matchMarks))];
    const [byMark, contacts] = await Promise.all([
      this.cooperatives
        .find({ matchMarks: { $in: marks } }, NEEDED)
        .limit(MOST)
        .lean<Looked[]>(),
      this.sameContacts(matched),
    ]);
    const known = new Map([...byMark, ...matched].map((one) => [one._id, one]));
    const missing = [...contacts.values()].flatMap((ids) => [...ids]).filter((id) => !known.has(id));
    const byContact =
      missing.length > 0
        ? await this.cooperatives.find({ _id: { $in: [...new Set(missing)] } }, NEEDED).lean<Looked[]>()
        : [];
    const others = [...known.values(), ...byContact].filter(({ matchMarks }) => matchMarks && matchMarks.length > 0);
    const found = matched.flatMap((one) => this.alikes(one, others, contacts.get(one._id) ?? new Set()));
    return { found, isComplete: byMark.length < MOST };
  }

  private alikes(looked: Looked, others: readonly Looked[], contacts: ReadonlySet<string>): LookAlike[] {
    const marks = new Set(looked.matchMarks);
    return others.flatMap((other) => {
      const sameContact = contacts.has(other._id);
      if (other._id === looked._id || !(sameContact || other.matchMarks?.some((mark) => marks.has(mark)))) return [];
      const found = likeness(looked, other, sameContact, this.places);
      return found ? [{ ...found, looked, other }] : [];
    });
  }

  /** Who shares the keyed hash of an address with whom; the addresses themselves are not looked at. */
  private async sameContacts(looked: readonly Member[]): Promise<Map<string, Set<string>>> {
    const hash = { cooperativeId: 1, 'contacts.addressHash': 1 } as const;
    const own = await this.people
      .find({ cooperativeId: { $in: looked.map(({ _id }) => _id) }, claimId: null }, hash)
      .lean<Person[]>();
    const hashes = [...new Set(own.flatMap(hashesOf))];
    if (hashes.length === 0) return new Map();
    const all = await this.people
      .find({ 'contacts.addressHash': { $in: hashes }, claimId: null }, hash)
      .limit(MOST)
      .lean<Person[]>();
    const holders = new Map<string, Set<string>>();
    for (const person of all) {
      for (const entry of hashesOf(person))
        holders.set(entry, (holders.get(entry) ?? new Set()).add(person.cooperativeId));
    }
    const shared = new Map<string, Set<string>>();
    for (const person of own) {
      const ids = shared.get(person.cooperativeId) ?? new Set<string>();
      for (const entry of hashesOf(person)) for (const id of holders.get(entry) ?? []) ids.add(id);
      ids.delete(person.cooperativeId);
      shared.set(person.cooperativeId, ids);
    }
    return shared;
  }
}

function hashesOf({ contacts }: Person): string[] {
  return contacts.map(({ addressHash }) => addressHash);
}
