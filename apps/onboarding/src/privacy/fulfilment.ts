import { CHANNELS } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Cipher, Clock, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative } from '../cooperative/cooperative.schema';
import { PURPOSES } from '../people/consent.schema';
import { Consents } from '../people/consents';
import type { ContactDetails } from '../people/contact-details';
import { ContactMending } from '../people/contact-mending';
import { type ContactPoint, Person, type PersonDocument } from '../people/person.schema';
import { Erasure } from './erasure';
import type { PrivacyRequestDocument } from './privacy-request.schema';

/** Does what a request asks, in the transaction of its decision. */
@Injectable()
export class Fulfilment {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly consents: Consents,
    private readonly mending: ContactMending,
    private readonly erasure: Erasure,
    private readonly cipher: Cipher,
    private readonly trail: AuditTrail,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Fulfils a request and saves it. */
  async fulfil(request: PrivacyRequestDocument, by: string, session: ClientSession): Promise<void> {
    const person = await this.people.findById(request.personId).session(session);
    if (!person) throw notFound();
    const at = this.clock.now();
    if (request.kind === 'withdraw_consent') await this.withdraw(request, person, session);
    if (request.kind === 'restriction') person.restrictedAt = at;
    if (request.kind === 'correction') await this.correct(request, person, by, session);
    request.decide('fulfilled', by, at);
    await this.tell(request, person, session);
    await this.remember(request, 'privacy_request.fulfilled', by, session);
    if (request.kind === 'erasure') await this.erasure.erase(person, by, session);
    else await person.save({ session });
    await request.save({ session });
  }

  async refuse(request: PrivacyRequestDocument, by: string, reasonCode: string, session: ClientSession): Promise<void> {
    request.decide('refused', by, this.clock.now(), reasonCode);
    const person = await this.people.findById(request.personId).session(session);
    if (person) await this.tell(request, person, session);
    await this.remember(request, 'privacy_request.refused', by, session, reasonCode);
    await request.save({ session });
  }

  /** Ends a restriction: the person is written to again. */
  async lift(request: PrivacyRequestDocument, by: string, session: ClientSession): Promise<void> {
    const person = await this.people.findById(request.personId).session(session);
    if (!person) throw notFound();
    person.restrictedAt = undefined;
    request.decide('lifted', by, this.clock.now());
    await this.tell(request, person, session);
    await this.remember(request, 'privacy_request.lifted', by, session);
    await person.save({ session });
    await request.save({ session });
  }

  remember(
    { _id: id, kind, personId }: PrivacyRequestDocument,
    action: string,
    by: string,
    session: ClientSession,
    reason?: string,
  ): Promise<void> {
    const about = { subject: { kind: 'privacy_request', id }, personId, fields: [kind], by };
    return this.trail.add({ action, ...about, ...(reason && { reason }) }, session);
  }

  /** Nobody is told who is not to be written to, or will be gone. */
  private async tell(request: PrivacyRequestDocument, person: Person, session: ClientSession): Promise<void> {
    const isErased = request.kind === 'erasure' && request.state === 'fulfilled';
    const contact = reachable(person);
    if (!contact || person.restrictedAt || isErased || request.kind === 'withdraw_consent') return;
    await this.outbox.add(request, request.answered(person, contact, this.clock.now()), session);
  }

  private async withdraw(
    { purposes = [...PURPOSES], channels = [...CHANNELS] }: PrivacyRequestDocument,
    person: PersonDocument,
    session: ClientSession,
  ): Promise<void> {
    await this.consents.withdraw(person, { purposes, channels }, session);
    if (!purposes.includes('service')) return;
    for (const contact of person.contacts) if (channels.includes(contact.channel)) contact.consented = false;
  }

  private async correct(
    { changes, cooperativeId }: PrivacyRequestDocument,
    person: PersonDocument,
    by: string,
    session: ClientSession,
  ): Promise<void> {
    const cooperative = await this.cooperatives.findById(cooperativeId).session(session);
    if (!cooperative || !changes) throw notFound();
    const input = JSON.parse(this.cipher.decrypt(changes)) as Partial<ContactDetails>;
    await this.mending.apply(cooperative, person, input, this.clock.now(), session, by);
    await cooperative.save({ session });
  }
}

/** The contact that hears of a request: the one that was verified last. */
export function reachable({ contacts }: Person): ContactPoint | undefined {
  const verified = contacts.filter(({ verifiedAt }) => verifiedAt);
  return verified.sort((a, b) => (b.verifiedAt?.getTime() ?? 0) - (a.verifiedAt?.getTime() ?? 0))[0];
}
