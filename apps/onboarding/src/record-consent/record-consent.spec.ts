import { newId, Tokens } from '@idxcoop/platform';
import { aSignUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { RecordConsentController } from './record-consent.controller';

interface Contact {
  contactId: string;
  channel: string;
}

describe(RecordConsentController.name, () => {
  let service: StartedService;
  let internal: string;
  const get = (path: string) => service.http.get(path).auth(internal, { type: 'bearer' });
  const record = (contactId: string, body: object) =>
    service.http.post(`/internal/contacts/${contactId}/consents`).auth(internal, { type: 'bearer' }).send(body);
  const textHash = 'ab'.repeat(32);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    internal = await service.get(Tokens).forService('notifications');
  });
  afterAll(() => service?.close());

  /** Somebody who agreed to the service over both channels, and to nothing else. */
  async function contactsOfSomebody(): Promise<Contact[]> {
    const consent = { version: '2020-10', purposes: ['service'], channels: ['email', 'whatsapp'] };
    const { id } = await signUpVerified(service, aSignUp({ consent }));
    const { body } = await get(`/internal/cooperatives/${id}/contacts`).expect(200);
    return body.items as Contact[];
  }
  const consentsOf = async ({ contactId }: Contact) => {
    const { body } = await get(`/internal/contacts/${contactId}/delivery?purpose=notice`).expect(200);
    return body.consents as object;
  };

  it('adds announcements on one channel and leaves the other as it was', async () => {
    const [mail, phone] = (await contactsOfSomebody()) as [Contact, Contact];
    expect(await consentsOf(mail)).toEqual({ service: true, announcements: false });
    const { body } = await record(mail.contactId, { version: 'preferences-2026-11-id', textHash }).expect(200);
    expect(body).toEqual({ contactId: mail.contactId, consents: { service: true, announcements: true } });
    expect(await consentsOf(mail)).toEqual({ service: true, announcements: true });
    expect(await consentsOf(phone)).toEqual({ service: true, announcements: false });
  });

  it('adds it once, with its wording and its way', async () => {
    const [mail] = (await contactsOfSomebody()) as [Contact];
    await record(mail.contactId, { version: 'preferences-2026-11-id', textHash }).expect(200);
    await record(mail.contactId, { version: 'preferences-2026-11-id', textHash }).expect(200);
    const { body } = await get(`/internal/contacts/${mail.contactId}/delivery?purpose=notice`).expect(200);
    const entries = await service.mongo.connection
      .collection('consents')
      .find({ personId: body.personId as string, source: 'preferences' })
      .toArray();
    expect(entries).toMatchObject([
      { version: 'preferences-2026-11-id', textHash, purposes: ['announcements'], channels: ['email'] },
    ]);
  });

  it('knows who is there, takes a version, and answers services alone', async () => {
    const [mail] = (await contactsOfSomebody()) as [Contact];
    await record(newId(), { version: '1' }).expect(404);
    await record(mail.contactId, {}).expect(422);
    await record(mail.contactId, { version: '1', textHash: 'short' }).expect(422);
    await service.http.post(`/internal/contacts/${mail.contactId}/consents`).send({ version: '1' }).expect(401);
    expect(await consentsOf(mail)).toEqual({ service: true, announcements: false });
  });
});
