import { newId, Tokens } from '@idxcoop/platform';
import { aSignUp, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ListChannelsHandler } from './list-channels.handler';

interface Contact {
  contactId: string;
  channel: string;
}

describe(ListChannelsHandler.name, () => {
  let service: StartedService;
  let internal: string;
  const get = (path: string) => service.http.get(path).auth(internal, { type: 'bearer' });
  const contactsOf = async (id: string) =>
    (await get(`/internal/cooperatives/${id}/contacts`).expect(200)).body.items as Contact[];
  const channelsOf = async (contactId = '') =>
    (await get(`/internal/contacts/${contactId}/channels`).expect(200)).body.items as (Contact & object)[];
  const on = (contacts: Contact[], channel: string) => contacts.find((contact) => contact.channel === channel);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    internal = await service.get(Tokens).forService('notifications');
  });
  afterAll(() => service?.close());

  it('lists the channel asked for and the others that are verified, each with its consents', async () => {
    const consent = { version: '2020-10', purposes: ['service', 'announcements'], channels: ['whatsapp'] };
    const { id } = await signUpVerified(service, aSignUp({ consent }));
    const contacts = await contactsOf(id);
    const mail = await channelsOf(on(contacts, 'email')?.contactId);
    expect(mail).toEqual([
      expect.objectContaining({ channel: 'email', consents: { service: false, announcements: false } }),
      expect.objectContaining({ channel: 'whatsapp', consents: { service: true, announcements: true } }),
    ]);
    // Whoever holds the phone learns nothing of an address that nobody has confirmed.
    const phone = await channelsOf(on(contacts, 'whatsapp')?.contactId);
    expect(phone.map(({ channel }) => channel)).toEqual(['whatsapp']);
  });

  it('lists what an official has', async () => {
    const official = { name: 'Rina', office: 'Dinas', roles: ['officer'], territory: '12' };
    const { body } = await service.http
      .post('/v1/officials')
      .auth(await service.token({ roles: ['ministry'] }), { type: 'bearer' })
      .send({ ...official, contacts: { email: 'rina@dinas.example', phone: '0812-0000-1111' } })
      .expect(201);
    const answer = await get(`/internal/officials/${body.id as string}/channels`).expect(200);
    expect(answer.body.items).toEqual([
      { channel: 'email', address: 'rina@dinas.example', consents: { service: true, announcements: true } },
      { channel: 'whatsapp', address: '+6281200001111', consents: { service: true, announcements: true } },
    ]);
  });

  it('knows nobody who is not there, and answers services alone', async () => {
    const { id } = await signUp(service);
    const [contact] = await contactsOf(id);
    await get(`/internal/contacts/${newId()}/channels`).expect(404);
    await get(`/internal/officials/${newId()}/channels`).expect(404);
    await service.http.get(`/internal/contacts/${contact?.contactId}/channels`).expect(401);
  });
});
