import { ContactVerifiedV1, event, StatusLinkRequestedV1 } from '@idxcoop/contracts';
import type { Cooperative } from '../cooperative/cooperative.schema';
import type { ContactPoint, Person } from '../people/person.schema';

/** A self-made draft that nobody has confirmed yields to the first who does; everything else is for the officer. */
export function yieldsToClaim({ origin, registration, contactVerifiedAt }: Cooperative): boolean {
  return origin !== 'import' && registration === 'draft' && !contactVerifiedAt;
}

/** The fact that an address was proved, and its marks on person and cooperative. */
export function confirmContact(
  cooperative: Cooperative,
  person: Person,
  contact: ContactPoint,
  flowId: string,
  at: Date,
): ContactVerifiedV1 {
  const first = !cooperative.contactVerifiedAt;
  contact.verifiedAt ??= at;
  cooperative.contactVerifiedAt ??= at;
  const { _id: contactId, channel } = contact;
  return event(ContactVerifiedV1, {
    ...cooperative.fact(at),
    contactId,
    flowId,
    channel,
    language: person.language,
    first,
  });
}

/** Gives the record to the claimant: older status tokens end. Whoever is not welcomed with a link gets one of their own. */
export function handOver(
  cooperative: Cooperative,
  person: Person,
  contact: ContactPoint,
  isWelcomed: boolean,
  at: Date,
): StatusLinkRequestedV1[] {
  person.claimId = undefined;
  cooperative.tokenGeneration += 1;
  cooperative.matchAgain();
  return isWelcomed ? [] : [statusLink(person, contact, at)];
}

/** The fact that a status link is owed to a contact. */
export function statusLink(person: Person, contact: ContactPoint, at: Date): StatusLinkRequestedV1 {
  contact.statusLinks += 1;
  contact.sends.push(at);
  return event(StatusLinkRequestedV1, {
    cooperativeId: person.cooperativeId,
    contactId: contact._id,
    channel: contact.channel,
    language: person.language,
    sendNumber: contact.statusLinks,
    effectiveOn: at.toISOString(),
    knownAt: at.toISOString(),
  });
}
