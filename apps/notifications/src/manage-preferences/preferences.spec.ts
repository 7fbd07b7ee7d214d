import { Derivation } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import type { Category } from '../message/message.schema';
import { Suppressions } from '../suppression/suppressions';
import { PreferencesController } from './preferences.controller';

describe(PreferencesController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());

  /** A person who got a message, and the token of their link. */
  async function person() {
    const { contactId, address, cause } = await notifications.requestVerification('email');
    await notifications.reaches(cause, 'sent');
    return { contactId, address, token: notifications.service.get(Derivation).token('preferences', contactId) };
  }
  const refusal = (recipientId: string, address: string, category: Category = 'announcement') =>
    notifications.service
      .get(Suppressions)
      .refusal({ recipientId, channel: 'email', category, workflow: 'milestone' }, address);

  it('ends announcements by one click, without cookie and redirect, and keeps the rest', async () => {
    const { contactId, address, token } = await person();
    const answer = await notifications.service.http
      .post(`/v1/unsubscribe/${token}`)
      .type('form')
      .send('List-Unsubscribe=One-Click')
      .expect(200);
    expect(answer.body).toEqual({ announcements: false, digests: false });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await refusal(contactId, address)).toBe('opted_out');
    expect(await refusal(contactId, address, 'authentication')).toBeNull();
  });

  it('holds for the address even under another contact, and whatever its case', async () => {
    const { address, token } = await person();
    await notifications.service.http.post(`/v1/unsubscribe/${token}`).expect(200);
    expect(await refusal('another contact', address.toUpperCase())).toBe('opted_out');
  });

  it('changes nothing by GET', async () => {
    const { contactId, address, token } = await person();
    for (let visit = 0; visit < 2; visit += 1) {
      const { body } = await notifications.service.http.get(`/v1/preferences/${token}`).expect(200);
      expect(body).toMatchObject({ announcements: true, digests: true });
    }
    // What a mail program opens that knows no one-click post, and what scanners open: a page with a button.
    const { text } = await notifications.service.http
      .get(`/v1/unsubscribe/${token}`)
      .set('accept', 'text/html')
      .expect(200);
    expect(text).toContain(`action="/v1/preferences/${token}"`);
    expect(await refusal(contactId, address)).toBeNull();
  });

  it('can be changed and changed back, by JSON and by the button of its page', async () => {
    const { contactId, address, token } = await person();
    const route = `/v1/preferences/${token}`;
    const { body } = await notifications.service.http.post(route).send({ announcements: false }).expect(200);
    expect(body).toMatchObject({ announcements: false, digests: true });
    expect(await refusal(contactId, address)).toBe('opted_out');
    const page = await notifications.service.http.get(route).set('accept', 'text/html').expect(200);
    expect(page.text).toContain('<html lang="id">');
    expect(page.text).toContain('name="announcements" value="true"');
    await notifications.service.http
      .post(route)
      .set('accept', 'text/html')
      .type('form')
      .send({ announcements: 'true' })
      .expect(200);
    expect(await refusal(contactId, address)).toBeNull();
  });

  it('knows no token but its own', async () => {
    const { contactId, token } = await person();
    const other = notifications.service.get(Derivation).token('status', contactId);
    for (const wrong of ['x', `${token}x`, other]) {
      await notifications.service.http.get(`/v1/preferences/${wrong}`).expect(404);
      await notifications.service.http.post(`/v1/unsubscribe/${wrong}`).expect(404);
    }
  });

  it('says in a sentence to a browser that a link is torn', async () => {
    const { token } = await person();
    const torn = `/v1/preferences/${token.slice(0, -1)}`;
    const page = await notifications.service.http.get(torn).set('accept', 'text/html').expect(404);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('Tautan ini tidak lengkap');
    const { body } = await notifications.service.http.get(torn).expect(404);
    expect(body).toMatchObject({ code: 'not_found' });
  });

  it('refuses a choice that is none', async () => {
    const { token } = await person();
    await notifications.service.http.post(`/v1/preferences/${token}`).send({ announcements: 'maybe' }).expect(422);
    await notifications.service.http.post(`/v1/preferences/${token}`).send({ other: true }).expect(422);
  });
});
