import { Outbox } from '@idxcoop/messaging';
import { Derivation, rateLimited } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { Cooperative } from '../cooperative/cooperative.schema';
import { Consent } from './consent.schema';
import { type Intake, intake, type NewPerson, openFlow } from './intake';
import { type ContactPoint, Person } from './person.schema';
import { SENDS_PER_ADDRESS, VerificationFlow, waitForSend } from './verification-flow.schema';

/** More people than this do not share an address that a person reads. */
const MOST_SHARED = 200;

/** A cooperative as an aggregate of events. */
type Aggregate = Pick<Cooperative, 'id' | 'sequence'>;

/** Writes people with their consents, and the verifications that follow from them, inside the caller's transaction. */
@Injectable()
export class ContactBook {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    private readonly derivation: Derivation,
    private readonly outbox: Outbox,
  ) {}

  /** The keyed hash under which an address is found again. */
  hash = (address: string): string => this.derivation.hash('address', address);

  /** Seconds until an address may be written to again, whoever names it: counted where no wipe of Redis forgets it. */
  async wait(addressHash: string, at: Date, session?: ClientSession): Promise<number> {
    const people = await this.people
      .find({ 'contacts.addressHash': addressHash }, { contacts: 1 }, session ? { session } : {})
      .limit(MOST_SHARED)
      .lean<Person[]>();
    const theirs = people.flatMap(({ contacts }) => contacts.filter((contact) => contact.addressHash === addressHash));
    return waitForSend(
      theirs.flatMap(({ sends }) => sends),
      at,
      SENDS_PER_ADDRESS,
    );
  }

  /** Refuses what would write to an address too often. */
  async refuseTooMany(addresses: readonly { address: string }[], at: Date): Promise<void> {
    for (const { address } of addresses) {
      const seconds = await this.wait(this.hash(address), at);
      if (seconds > 0) throw rateLimited({ headers: { 'Retry-After': String(seconds) } });
    }
  }

  /** Adds one person and asks for verification. Raises the aggregate's sequence: save it afterwards. */
  async add(aggregate: Aggregate, person: NewPerson, at: Date, session: ClientSession): Promise<VerificationFlow[]> {
    const taken = this.draft(person, at);
    await this.insert([taken], session);
    const requests = taken.requests.map((event) => ({ aggregate, event }));
    await this.outbox.addMany(requests, session);
    return taken.flows;
  }

  /** The documents of a person, for callers that write many at once. */
  draft(person: NewPerson, at: Date): Intake {
    return intake(person, this.hash, at);
  }

  /** Writes drafted people: three writes, however many they are. */
  async insert(taken: readonly Intake[], session: ClientSession): Promise<void> {
    const consents = taken.flatMap(({ consent }) => consent ?? []);
    const flows = taken.flatMap((entry) => entry.flows);
    if (taken.length > 0)
      await this.people.insertMany(
        taken.map(({ person }) => person),
        { session },
      );
    if (consents.length > 0) await this.consents.insertMany(consents, { session });
    if (flows.length > 0) await this.flows.insertMany(flows, { session });
  }

  /** Opens a further flow for a contact and asks for its first message. The caller saves person and aggregate. */
  async reopen(
    aggregate: Aggregate,
    person: Person,
    contact: ContactPoint,
    at: Date,
    session: ClientSession,
  ): Promise<VerificationFlow> {
    const flow = openFlow(person, contact, at);
    contact.sends.push(at);
    await this.flows.insertMany([flow], { session });
    await this.outbox.add(aggregate, flow.requested(at), session);
    return flow;
  }
}
