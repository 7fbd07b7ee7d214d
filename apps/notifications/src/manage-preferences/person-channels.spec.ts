import { Derivation } from '@idxcoop/platform';
import { startNotifications, verificationRequested } from '../../../../test/support/notifications';
import type { Category } from '../message/message.schema';
import { Suppressions } from '../suppression/suppressions';
import { PersonChannels } from './person-channels';

describe(PersonChannels.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let suppressions: Suppressions;

  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api', 'events', 'jobs'] });
    suppressions = notifications.service.get(Suppressions);
  });
  afterEach(() => {
    notifications.onboarding.away = false;
    notifications.onboarding.cut = undefined;
    notifications.onboarding.meanwhile = undefined;
  });
  afterAll(() => notifications.close());

  /** A person with a mail address and a phone, and the link of each. */
  function person(agreed = true) {
    const consents = { service: true, announcements: agreed };
    const mail = notifications.contact('email', { consents });
    const phone = notifications.contact('whatsapp', { consents });
    const items = [
      { ...mail, channel: 'email', consents },
      { ...phone, channel: 'whatsapp', consents },
    ];
    for (const { contactId } of items) notifications.onboarding.channels.set(contactId, items);
    const linkOf = (id: string) => `/v1/preferences/${notifications.service.get(Derivation).token('preferences', id)}`;
    return { mail, phone, link: linkOf(mail.contactId), phoneLink: linkOf(phone.contactId) };
  }
  const get = async (link: string) => (await notifications.service.http.get(link).expect(200)).body as object;
  const choose = async (link: string, choice: object) =>
    (await notifications.service.http.post(link).send(choice).expect(200)).body as object;
  const refusal = (
    { contactId: recipientId, address }: { contactId: string; address: string },
    workflow: string,
    category: Category = 'announcement',
  ) => suppressions.refusal({ recipientId, channel: 'email', category, workflow }, address);

  let restore: (() => Promise<void>) | undefined;
  const ledgerFullAfterTheConsent = async () => {
    if (restore || !notifications.onboarding.asked.at(-1)?.endsWith('/consents')) return;
    restore = await notifications.refuseWritesTo('consent_entries');
  };

  it('shows each channel of the person, masked, with its own first', async () => {
    const { mail, phoneLink } = person();
    expect(await get(phoneLink)).toEqual({
      announcements: true,
      digests: true,
      channels: [
        {
          channel: 'whatsapp',
          address: expect.stringMatching(/^\+62812\*{4}\d{3}$/),
          announcements: true,
          digests: true,
          stopped: null,
          own: true,
        },
        {
          channel: 'email',
          address: 's***@m***.example',
          announcements: true,
          digests: true,
          stopped: null,
          own: false,
        },
      ],
    });
    expect(JSON.stringify(await get(phoneLink))).not.toContain(mail.address);
  });

  it('changes what is chosen on the channel that is named, and nothing else', async () => {
    const { mail, phone, link } = person();
    expect(await choose(link, { digests: false, channel: 'whatsapp' })).toMatchObject({
      announcements: true,
      digests: true,
      channels: [
        { channel: 'email', announcements: true, digests: true },
        { channel: 'whatsapp', announcements: true, digests: false },
      ],
    });
    expect(await refusal(phone, 'weekly_digest')).toBe('opted_out');
    expect(await refusal(phone, 'milestone')).toBeNull();
    expect(await refusal(mail, 'weekly_digest')).toBeNull();
    await choose(link, { digests: true, channel: 'whatsapp' });
    expect(await refusal(phone, 'weekly_digest')).toBeNull();
  });

  it('stops everything at once, and still sends codes and what belongs to the application', async () => {
    const { mail, phone, link } = person();
    const nothing = { announcements: false, digests: false };
    expect(await choose(link, { ...nothing, channel: 'all' })).toMatchObject({
      ...nothing,
      channels: [nothing, nothing],
    });
    for (const contact of [mail, phone]) {
      expect(await refusal(contact, 'campaign')).toBe('opted_out');
      expect(await refusal(contact, 'decision', 'transactional')).toBeNull();
      expect(await refusal(contact, 'verification', 'authentication')).toBeNull();
    }
  });

  it('lets who never agreed to announcements agree here: to what they chose, and onboarding keeps it', async () => {
    const { mail, link } = person(false);
    expect(await get(link)).toMatchObject({ announcements: false, digests: false });
    expect(await choose(link, { digests: true })).toMatchObject({ announcements: false, digests: true });
    expect(notifications.onboarding.asked).toContain(`/internal/contacts/${mail.contactId}/consents`);
    expect(await refusal(mail, 'weekly_digest')).toBeNull();
    expect(await refusal(mail, 'milestone')).toBe('opted_out');
    const given = { subjects: mail.contactId, purpose: 'digests', decision: 'given' } as object;
    expect(await notifications.collection('consent_entries').countDocuments(given)).toBe(1);
  });

  it.each([
    ['after onboarding has written the consent', () => (notifications.onboarding.cut = /consents$/)],
    [
      'before onboarding has heard of it',
      () => (notifications.onboarding.meanwhile = async () => void (notifications.onboarding.away = true)),
    ],
    ['before what was wanted is lifted', () => (notifications.onboarding.meanwhile = ledgerFullAfterTheConsent)],
  ])('never leaves more consent than was chosen where the change dies %s', async (_when, dies) => {
    const { mail, phone, link } = person(false);
    dies();
    const choice = { digests: true, channel: 'all' };
    const died = await notifications.service.http.post(link).send(choice);
    expect([500, 503]).toContain(died.status);
    Object.assign(notifications.onboarding, { cut: undefined, meanwhile: undefined, away: false });
    await restore?.();
    for (const contact of [mail, phone]) expect(await refusal(contact, 'milestone')).toBe('opted_out');
    expect(await choose(link, choice)).toMatchObject({
      channels: [
        { announcements: false, digests: true },
        { announcements: false, digests: true },
      ],
    });
  });

  it('does not undo what the person wrote or a server said, and tells so', async () => {
    const { mail, phone, link } = person();
    await suppressions.add([suppressions.hashOf(phone.address)], 'notices', 'stop_word');
    await suppressions.add([suppressions.hashOf(mail.address)], 'all', 'smtp_550');
    await choose(link, { announcements: true, digests: true, channel: 'all' });
    expect(await get(link)).toMatchObject({
      channels: [
        { channel: 'email', announcements: false, stopped: 'address' },
        { channel: 'whatsapp', announcements: false, stopped: 'stop_word' },
      ],
    });
    const page = await notifications.service.http.get(link).set('accept', 'text/html').expect(200);
    expect(page.text).toContain('Kirim MULAI');
    expect(page.text).not.toContain('<form');
  });

  it('stops by one click and by its page while onboarding is away', async () => {
    const { mail, link } = person();
    const asked = await notifications.publish(verificationRequested(mail.contactId, 'email'));
    await notifications.reaches(asked, 'sent');
    notifications.onboarding.away = true;
    await notifications.service.http.post(link.replace('preferences', 'unsubscribe')).expect(200);
    expect(await refusal(mail, 'campaign')).toBe('opted_out');
    expect(await get(link)).toMatchObject({
      announcements: false,
      channels: [{ channel: 'email', address: 's***@m***.example' }],
    });
  });

  it('tells the channels of an official apart, who has one id for all', async () => {
    const { officialId, address } = notifications.programmeLead();
    const consents = { service: true, announcements: true };
    notifications.onboarding.channels.set(officialId, [
      { channel: 'email', address, consents },
      { channel: 'whatsapp', address: '+6281200009999', consents },
    ]);
    const token = notifications.service.get(Derivation).token('preferences', `${officialId}/email`);
    await choose(`/v1/preferences/${token}`, { announcements: false });
    const official = { recipientId: officialId, category: 'announcement', workflow: 'milestone' } as const;
    expect(await suppressions.refusal({ ...official, channel: 'email' }, address)).toBe('opted_out');
    expect(await suppressions.refusal({ ...official, channel: 'whatsapp' }, '+6281200009999')).toBeNull();
    await choose(`/v1/preferences/${token}`, { announcements: true });
    expect(await suppressions.refusal({ ...official, channel: 'email' }, address)).toBeNull();
  });

  it('refuses a channel that the person does not have, and a choice of nothing', async () => {
    const { contactId } = notifications.contact('email');
    const token = notifications.service.get(Derivation).token('preferences', contactId);
    const post = (body: object) => notifications.service.http.post(`/v1/preferences/${token}`).send(body);
    await post({ digests: false, channel: 'whatsapp' }).expect(404);
    await post({}).expect(422);
    await post({ channel: 'email' }).expect(422);
    await post({ digests: 'perhaps' }).expect(422);
    await post({ digests: false, channel: 'pigeon' }).expect(422);
  });
});
