import { contractOf, event, type EventContract, producerOf, VerificationRequestedV1 } from '@idxcoop/contracts';
import { makeEnvelope, Publisher } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import type { Message } from '../../apps/notifications/src/message/message.schema';
import { NotificationsModule } from '../../apps/notifications/src/notifications.module';
import { eventually } from './eventually';
import { startFakeOnboarding } from './fake-onboarding';
import { startProviders } from './providers';
import { type StartedService, type StartOptions, startService } from './start-service';

/** The notifications service with real stores, local providers and an onboarding that is played across the wire. */
export async function startNotifications(options: StartOptions = {}) {
  const providers = await startProviders();
  const onboarding = await startFakeOnboarding();
  const service = await startService(NotificationsModule, {
    ...options,
    config: {
      ...providers.settings,
      onboardingUrl: onboarding.url,
      publicUrl: 'https://idxcoop.example',
      ...options.config,
    },
  });
  providers.setWebhookUrl(`${service.url}/v1/webhooks/whatsapp`);
  const collection = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);
  const messages = collection('messages') as unknown as MessageCollection;

  /** Publishes a fact on the broker as its producer would, and says its id. */
  async function publish(fact: object, id = newId(), sequence = 1): Promise<string> {
    await publishFact(service, fact, id, sequence);
    return id;
  }

  /** A contact that onboarding knows, with answers for all purposes. */
  function contact(channel: 'email' | 'whatsapp', fields: object = {}): { contactId: string; address: string } {
    const contactId = newId();
    const number = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
    const address = channel === 'email' ? `siti.${contactId}@majubersama.example` : `+62812${number}`;
    onboarding.contacts.set(contactId, {
      contactId,
      channel,
      address,
      language: 'id',
      name: 'Siti Rahma',
      cooperativeName: 'Koperasi Maju Bersama',
      code: '123456',
      link: '/v1/verifications/0199/confirm?token=abc',
      statusUrl: '/status?token=def',
      verified: true,
      consents: { service: true, announcements: true },
      ...fields,
    });
    return { contactId, address };
  }

  /** The one programme lead that there is, who reads mail. */
  function programmeLead(): { officialId: string; address: string } {
    const officialId = newId();
    const address = `${officialId}@kemenkop.example`;
    onboarding.programmeLeads = [{ officialId, office: 'Deputi', channel: 'email', language: 'id' }];
    onboarding.officials.set(officialId, { channel: 'email', address, language: 'id', name: 'Deputi' });
    return { officialId, address };
  }

  /** Asks for a verification of a contact, which is the simplest message that there is. */
  async function requestVerification(channel: 'email' | 'whatsapp', fields: object = {}) {
    const { contactId, address } = contact(channel, fields);
    const fact = verificationRequested(contactId, channel);
    const cause = await publish(fact);
    return { contactId, address, cause, fact };
  }

  /** Waits until the message of a cause is in a state. */
  const reaches = (cause: string, state: string, deadline = 15_000): Promise<Message> =>
    eventually(async () => {
      const message = await messages.findOne({ cause });
      if (message?.state !== state) throw new Error(`${cause} is ${message?.state} (${message?.code}), not ${state}`);
      return message;
    }, deadline);

  /** Waits until a consumer has taken in an event. */
  const seen = (consumer: string, cause: string): Promise<void> =>
    eventually(async () => {
      const row = await collection('inbox').findOne({ _id: `notifications.${consumer}/${cause}` });
      if (!row) throw new Error(`${consumer} has not seen ${cause}`);
    });

  /** What was asked of onboarding for a cause. */
  const audiences = (cause: string) =>
    collection('audiences')
      .find({ cause } as object)
      .toArray();

  /** Events seem new when they come again. */
  const forgetInbox = () => collection('inbox').deleteMany({});

  /** Lets every write to a collection fail, until what this answers is called. */
  async function refuseWritesTo(name: string): Promise<() => Promise<void>> {
    const validate = async (validator: object) => {
      await service.mongo.connection.db?.command({ collMod: name, validator });
    };
    await validate({ $jsonSchema: { required: ['never'] } });
    return () => validate({});
  }

  /** Waits until a consumer has failed at an event and will try again. */
  const leftForLater = (consumer: string, cause: string): Promise<void> =>
    eventually(async () => {
      const filter = { consumer: `notifications.${consumer}`, eventId: cause } as object;
      if (!(await collection('retries').findOne(filter))) throw new Error(`${consumer} has not failed at ${cause}`);
    });

  return {
    service,
    programmeLead,
    audiences,
    forgetInbox,
    refuseWritesTo,
    leftForLater,
    seen,
    providers,
    onboarding,
    messages,
    collection,
    publish,
    contact,
    requestVerification,
    reaches,
    async close() {
      await service.close();
      await Promise.all([onboarding.close(), providers.stop()]);
    },
  };
}

interface MessageCollection {
  findOne(filter: object): Promise<Message | null>;
  countDocuments(filter: object): Promise<number>;
  updateOne(filter: object, update: object): Promise<unknown>;
  find(filter: object): { toArray(): Promise<Message[]> };
}

/** Publishes a fact through the broker with the connection of a service. */
export async function publishFact(service: StartedService, fact: object, id: string, sequence = 1): Promise<void> {
  const contract: EventContract = contractOf(fact);
  const about = { service: producerOf(contract.event), time: new Date(), partitionKey: newId(), sequence };
  const body = Buffer.from(JSON.stringify(makeEnvelope({ ...about, id, contract, data: fact })));
  const publisher = service.get(Publisher);
  await publisher.usable();
  await publisher.publish({ id, type: contract.event, body });
}

export function verificationRequested(contactId: string, channel: 'email' | 'whatsapp', sendNumber = 1): object {
  const now = new Date().toISOString();
  return event(VerificationRequestedV1, {
    flowId: newId(),
    cooperativeId: newId(),
    contactId,
    channel,
    language: 'id',
    sendNumber,
    effectiveOn: now,
    knownAt: now,
  });
}
