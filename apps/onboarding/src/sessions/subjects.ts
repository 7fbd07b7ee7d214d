import type { UserRole } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Official } from '../officials/official.schema';
import { IN_USE, type Language, Person } from '../people/person.schema';

/** Somebody whom an address lets in. */
export type Subject = { subjectId: string; recipientId: string; language: Language; name: string } & (
  | { kind: 'cooperative'; cooperativeId: string }
  | { kind: 'official'; roles: readonly UserRole[]; territory: string }
);

/** Whom addresses let in: proved contacts of cooperatives, and people in office. Vouching opens this to nobody. */
@Injectable()
export class Subjects {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Official.name) private readonly officials: Model<Official>,
  ) {}

  /** Everybody of an address; officials first, then the newest. */
  async of(addressHash: string, session: ClientSession): Promise<Subject[]> {
    const officials = await this.officials.find({ 'contacts.addressHash': addressHash }).session(session);
    const people = await this.people
      .find({ ...IN_USE, 'contacts.addressHash': addressHash, claimId: null })
      .sort({ createdAt: -1 })
      .session(session);
    const ids = people.map(({ cooperativeId }) => cooperativeId);
    const cooperatives = await this.cooperatives.find({ _id: { $in: ids } }).session(session);
    return [
      ...officials.flatMap((official) => officialSubject(official) ?? []),
      ...people.flatMap((person) => {
        const cooperative = cooperatives.find(({ _id }) => _id === person.cooperativeId);
        return (cooperative && personSubject(person, cooperative, addressHash)) ?? [];
      }),
    ];
  }

  /** What a session stands for now, or null where nobody may be signed in by it any more. */
  async current({ kind, subjectId }: { kind: Subject['kind']; subjectId: string }): Promise<Subject | null> {
    if (kind === 'official') {
      const official = await this.officials.findById(subjectId).lean<Official>();
      return (official && officialSubject(official)) ?? null;
    }
    const person = await this.people.findOne({ _id: subjectId, ...IN_USE, claimId: null }).lean<Person>();
    const cooperative = person && (await this.cooperatives.findById(person.cooperativeId));
    return (cooperative && personSubject(person, cooperative)) ?? null;
  }
}

/** Who holds no role any more is out of office. */
function officialSubject(official: Official): Subject | undefined {
  const { _id, office, roles, territory, language } = official;
  if (roles.length === 0) return undefined;
  return { kind: 'official', subjectId: _id, recipientId: _id, language, name: office, roles: [...roles], territory };
}

function personSubject(person: Person, cooperative: Cooperative, addressHash?: string): Subject | undefined {
  const proved = person.contacts.find(
    (contact) => contact.verifiedAt && (!addressHash || contact.addressHash === addressHash),
  );
  if (!proved || !cooperative.takesContacts()) return undefined;
  const { _id: cooperativeId, name } = cooperative;
  const { _id: subjectId, language } = person;
  return { kind: 'cooperative', subjectId, recipientId: proved._id, language, name, cooperativeId };
}
