import { type CallerIdentity, Derivation, fieldError, refusal, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative } from '../cooperative/cooperative.schema';
import { coreName } from '../duplicates/core-name';
import { nameMark } from '../duplicates/match-marks';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { IN_USE, Person } from '../people/person.schema';
import { within } from '../review/review-case.schema';
import type { LookUpCooperativesDto } from './look-up-cooperatives.dto';
import { nameOrPhone } from './look-up-cooperatives.templates';

/** Whoever finds more than this looks for nothing in particular. */
const MOST = 50;
/** A number stands for one person or an office; further people of one number are not looked at. */
const MOST_PEOPLE = 200;

type Found = Pick<Cooperative, '_id' | 'name' | 'regionCode' | 'registration'>;

/**
 * Finds cooperatives of a territory. By name only those that stand in the register: who withdrew, lapsed or was found to be a
 * duplicate has no marks. The trail gets a keyed digest of what was looked for, and whom it led to.
 */
@Injectable()
export class LookUpCooperativesHandler {
  constructor(
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly book: ContactBook,
    private readonly regions: Regions,
    private readonly derivation: Derivation,
    private readonly trail: AuditTrail,
  ) {}

  async execute({ name, phone }: LookUpCooperativesDto, { subject: by, territory }: CallerIdentity) {
    if (!name === !phone) throw refusal([fieldError('', nameOrPhone.code, nameOrPhone)]);
    const [number] = addressesOf({ phone });
    const people = number ? await this.holders(number.address) : [];
    const wanted = number
      ? { _id: { $in: people.map(({ cooperativeId }) => cooperativeId) } }
      : { matchMarks: { $in: this.marks(coreName(name ?? ''), territory) } };
    const found = territory ? await this.within(territory, wanted) : [];
    const items = found.slice(0, MOST);
    const field = number ? 'phone' : 'name';
    const looked = this.derivation.hash('lookup', `${field}:${number?.address ?? coreName(name ?? '')}`).slice(0, 32);
    const shown = new Set(items.map(({ _id }) => _id));
    await this.trail.addAll([
      { action: 'cooperative.looked_up', subject: { kind: 'lookup', id: looked }, fields: [field], by },
      // Whose number led to a cooperative can ask who looked for it.
      ...people
        .filter(({ cooperativeId }) => shown.has(cooperativeId))
        .map(({ _id: personId, cooperativeId: id }) => ({
          action: 'person.looked_up',
          subject: { kind: 'cooperative', id },
          personId,
          fields: [field],
          by,
        })),
    ]);
    return { items: items.map(view), truncated: found.length > MOST };
  }

  private within(territory: string, wanted: object): Promise<Found[]> {
    return this.cooperatives
      .find({ ...wanted, ...within(territory) }, { name: 1, regionCode: 1, registration: 1 })
      .sort({ _id: 1 })
      .limit(MOST + 1)
      .lean<Found[]>()
      .exec();
  }

  /** People who speak for a cooperative, verified or not, and let their data be used; nobody who only claims it. */
  private holders(address: string): Promise<Pick<Person, '_id' | 'cooperativeId'>[]> {
    const theirs = { ...IN_USE, 'contacts.addressHash': this.book.hash(address), claimId: null };
    return this.people.find(theirs, { cooperativeId: 1 }).limit(MOST_PEOPLE).lean<Person[]>().exec();
  }

  /** The marks of a name in each regency of a territory. */
  private marks(core: string, territory: string): string[] {
    const provinces = territory === 'ID' ? this.regions.provinces().map(({ code }) => code) : [territory.slice(0, 2)];
    const regencies =
      territory.length >= 5
        ? [territory.slice(0, 5)]
        : provinces.flatMap((code) => this.regions.children(code)).map(({ code }) => code);
    return regencies.map((regency) => nameMark(regency, core));
  }
}

function view({ _id: id, name, regionCode, registration }: Found) {
  return { id, name, regionCode, registration };
}
