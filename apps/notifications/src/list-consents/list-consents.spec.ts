import { Derivation } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { wordingOf } from '../manage-preferences/preferences.templates';
import { Suppressions } from '../suppression/suppressions';
import { ListConsentsController } from './list-consents.controller';

describe(ListConsentsController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());

  const list = async (contactId: string, query = '', roles: string[] = ['privacy_officer']) =>
    notifications.service.http
      .get(`/v1/consents?contactId=${contactId}${query}`)
      .auth(await notifications.service.token({ roles: roles as ['privacy_officer'] }), { type: 'bearer' });

  /** Somebody who was written to, stopped announcements on the page, and whose address failed later. */
  async function somebody() {
    const { contactId, address, cause } = await notifications.requestVerification('email');
    await notifications.reaches(cause, 'sent');
    const token = notifications.service.get(Derivation).token('preferences', contactId);
    await notifications.service.http
      .post(`/v1/preferences/${token}`)
      .set('accept', 'text/html')
      .set('accept-language', 'en')
      .type('form')
      .send({ announcements: 'false' })
      .expect(200);
    await notifications.service.http.post(`/v1/unsubscribe/${token}`).expect(200);
    const suppressions = notifications.service.get(Suppressions);
    await suppressions.add([suppressions.hashOf(address)], 'all', 'smtp_550');
    return { contactId, address };
  }

  it('says what was decided, when, how, and over which words, and nothing of the person', async () => {
    const { contactId, address } = await somebody();
    const { body } = await list(contactId);
    const { version, hash } = wordingOf('en');
    const shown = { wordingVersion: version, wordingHash: hash };
    expect(body.items).toMatchObject([
      { purpose: 'announcements', decision: 'withdrawn', how: 'preferences_page', channel: 'email', ...shown },
      { purpose: 'digests', decision: 'withdrawn', how: 'one_click', channel: 'email', wordingVersion: null },
      { purpose: 'service', decision: 'withdrawn', how: 'bounce', channel: 'email', reason: 'smtp_550' },
      { purpose: 'announcements', how: 'bounce' },
      { purpose: 'digests', how: 'bounce' },
    ]);
    expect(Date.parse(body.items[0].at as string)).toBeLessThanOrEqual(Date.now());
    const answered = JSON.stringify(body);
    for (const secret of [address, notifications.service.get(Suppressions).hashOf(address)])
      expect(answered).not.toContain(secret);
  });

  it('turns pages', async () => {
    const { contactId } = await somebody();
    const first = await list(contactId, '&limit=2');
    const second = await list(contactId, `&limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ purpose, how }) => `${purpose} ${how}`)).toEqual([
      'announcements preferences_page',
      'digests one_click',
      'service bounce',
      'announcements bounce',
    ]);
  });

  it('is for the privacy officer, and about one person', async () => {
    const { contactId } = notifications.contact('email');
    expect((await list(contactId)).body).toEqual({ items: [], nextCursor: null });
    for (const role of ['operations', 'ministry', 'officer'])
      expect((await list(contactId, '', [role])).status).toBe(403);
    expect((await list('')).status).toBe(422);
    await notifications.service.http.get(`/v1/consents?contactId=${contactId}`).expect(401);
  });
});
