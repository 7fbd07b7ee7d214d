import type { Channel, VerificationRequestedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import type { Consent, Purpose } from './consent.schema';
import { consentText } from './consent-texts';
import type { ContactPoint, Language, Person } from './person.schema';
import { ATTEMPTS, expiryOf, importedExpiryOf, VerificationFlow } from './verification-flow.schema';

/** A person as given, whatever the door: form, claim or file. */
export interface NewPerson {
  cooperativeId: string;
  claimId?: string;
  importId?: string;
  name: string;
  position?: string;
  language?: Language;
  addresses: { channel: Channel; address: string }[];
  consent?: { version: string; textHash?: string; purposes: Purpose[]; channels: Channel[]; givenOn?: string };
  /** Channels that are asked to confirm; by default those consented to. */
  askOver?: readonly Channel[];
}

/** What one person adds to the database, and the messages that are owed. */
export interface Intake {
  person: Person;
  consent?: Consent;
  flows: VerificationFlow[];
  requests: VerificationRequestedV1[];
}

/** Hashes an address under the server's key. */
export type HashAddress = (address: string) => string;

/** Makes the documents of a new person. */
export function intake(input: NewPerson, hash: HashAddress, at: Date): Intake {
  const { addresses, consent, askOver = consent?.channels ?? [], language = 'id', ...known } = input;
  const personId = newId();
  const contacts = addresses.map(({ channel, address }): ContactPoint => {
    const asked = askOver.includes(channel);
    const consented = consent?.channels.includes(channel) ?? false;
    return {
      _id: newId(),
      channel,
      address,
      addressHash: hash(address),
      consented,
      sends: asked ? [at] : [],
      statusLinks: 0,
    };
  });
  const person = { ...known, _id: personId, language, contacts, createdAt: at } as Person;
  const flows = contacts.filter(({ sends }) => sends.length > 0).map((contact) => openFlow(person, contact, at));
  // Thousands of them leave over days, and nobody waits at a screen.
  if (input.importId) for (const flow of flows) flow.expiresAt = importedExpiryOf(at);
  return {
    person,
    flows,
    requests: flows.map((flow) => Object.assign(flow.requested(at), input.importId && { imported: true })),
    ...(consent && {
      consent: {
        _id: newId(),
        personId,
        cooperativeId: input.cooperativeId,
        version: consent.version,
        ...proofOf(consent, language),
        purposes: consent.purposes,
        channels: consent.channels,
        source: input.importId ? 'import' : 'form',
        ...(input.importId && { importId: input.importId }),
        givenOn: consent.givenOn ?? at.toISOString(),
        recordedAt: at,
      },
    }),
  };
}

/** The digest of the words: as the place that showed them says, else those of the version in the person's language. */
function proofOf({ version, textHash }: { version: string; textHash?: string }, language: Language) {
  const proof = textHash ?? consentText(version, language)?.digest;
  return proof ? { textHash: proof } : {};
}

/** A new flow for a contact, with a first message owed. */
export function openFlow(
  person: Pick<Person, '_id' | 'cooperativeId' | 'claimId' | 'language'>,
  contact: Pick<ContactPoint, '_id' | 'channel'>,
  at: Date,
): VerificationFlow {
  return Object.assign(new VerificationFlow(), {
    _id: newId(),
    cooperativeId: person.cooperativeId,
    personId: person._id,
    contactId: contact._id,
    ...(person.claimId && { claimId: person.claimId }),
    channel: contact.channel,
    language: person.language,
    sendNumber: 1,
    attemptsLeft: ATTEMPTS,
    state: 'open' as const,
    expiresAt: expiryOf(contact.channel, at),
    createdAt: at,
  });
}
