import { Derivation, newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { Suppressions } from '../suppression/suppressions';
import { ManageSuppressionsController } from './manage-suppressions.controller';
import type { SuppressionListView, SuppressionView } from './manage-suppressions.dto';

describe(ManageSuppressionsController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let suppressions: Suppressions;
  const bearers: Record<string, string> = {};

  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api'] });
    suppressions = notifications.service.get(Suppressions);
    for (const role of ['operations', 'privacy_officer', 'ministry', 'officer'] as const)
      bearers[role] = await notifications.service.token({ roles: [role], subject: `a-${role}` });
  });
  afterAll(() => notifications.close());

  const list = async (query: string, role = 'operations'): Promise<SuppressionListView> =>
    (
      await notifications.service.http
        .get(`/v1/suppressions?${query}`)
        .auth(bearers[role] ?? '', { type: 'bearer' })
        .expect(200)
    ).body as SuppressionListView;
  const lift = (id: string | undefined, reason: string, role = 'operations') =>
    notifications.service.http
      .post(`/v1/suppressions/${id}/lift`)
      .auth(bearers[role] ?? '', { type: 'bearer' })
      .send({ reason });
  /** A contact that onboarding knows, and whose address was refused for a reason. */
  async function suppressed(reason: string, scope: 'all' | 'notices' | 'announcements' = 'all') {
    const { contactId, address } = notifications.contact('email');
    notifications.onboarding.channels.set(contactId, [{ contactId, channel: 'email', address, consents: {} }]);
    const hash = suppressions.hashOf(address);
    await suppressions.add([hash], scope, reason);
    return { contactId, address, hash };
  }
  const one = async (contactId: string) => (await list(`contactId=${contactId}`)).items[0] as SuppressionView;
  const ledgerOf = (subject: string) =>
    notifications
      .collection('consent_entries')
      .find({ subjects: subject, decision: 'given' } as object)
      .toArray();

  it('shows who is not written to and why, and no address', async () => {
    const { contactId, address, hash } = await suppressed('bounced_5.1.1');
    const { items } = await list(`contactId=${contactId}`);
    expect(items).toEqual([
      {
        id: expect.any(String),
        contactId: null,
        addressHash: hash,
        channel: 'email',
        scope: 'all',
        reason: 'bounced_5.1.1',
        how: 'bounce',
        since: expect.any(String),
        ownWish: false,
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(address);
  });

  it('filters by scope and reason, and turns pages', async () => {
    for (let index = 0; index < 3; index += 1) await suppressed('smtp_556');
    await suppressed('smtp_556', 'announcements');
    const first = await list('reason=smtp_556&scope=all&limit=2');
    const second = await list(`reason=smtp_556&scope=all&limit=2&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  });

  it('lifts what a server said, writes who did it and why to the ledger, and nothing twice', async () => {
    const { contactId, address, hash } = await suppressed('bounced_5.1.1');
    const { id } = await one(contactId);
    expect((await lift(id, 'address_works').expect(200)).body).toMatchObject({ id, reason: 'bounced_5.1.1' });
    const message = {
      recipientId: contactId,
      channel: 'email',
      category: 'transactional',
      workflow: 'welcome',
    } as const;
    expect(await suppressions.refusal(message, address)).toBeNull();
    const because = { how: 'operations', reason: 'bounced_5.1.1', because: 'address_works', by: 'a-operations' };
    const entries = await ledgerOf(hash);
    expect(entries).toHaveLength(3);
    for (const entry of entries) expect(entry).toMatchObject(because);
    await lift(id, 'address_works').expect(404);
    expect(await ledgerOf(hash)).toHaveLength(3);
  });

  it.each([
    ['complaint', 'announcements'],
    ['stop_word', 'notices'],
    ['unsubscribed', 'announcements'],
  ] as const)('lifts a %s only where its person asks the privacy officer for it', async (reason, scope) => {
    const { contactId, hash } = await suppressed(reason, scope);
    const { id, ownWish } = await one(contactId);
    expect(ownWish).toBe(true);
    for (const [why, role] of [
      ['person_asked', 'operations'],
      ['address_works', 'privacy_officer'],
    ] as const)
      expect((await lift(id, why, role).expect(409)).body).toMatchObject({ code: 'own_wish' });
    expect(await ledgerOf(hash)).toEqual([]);
    await lift(id, 'person_asked', 'privacy_officer').expect(200);
    expect((await ledgerOf(hash))[0]).toMatchObject({ because: 'person_asked', by: 'a-privacy_officer' });
  });

  it('lifts with the contact what was set with it for its address', async () => {
    const { contactId, address } = notifications.contact('email');
    notifications.onboarding.channels.set(contactId, [
      { contactId, channel: 'email', address, consents: { announcements: true } },
    ]);
    const token = notifications.service.get(Derivation).token('preferences', contactId);
    await notifications.service.http.post(`/v1/preferences/${token}`).send({ announcements: false }).expect(200);
    const { items } = await list(`contactId=${contactId}`);
    expect(items).toHaveLength(2);
    await lift(items[0]?.id, 'person_asked', 'privacy_officer').expect(200);
    expect((await list(`contactId=${contactId}`)).items).toEqual([]);
  });

  it('is for operations and the privacy officer, and takes a reason that it knows', async () => {
    const { contactId } = await suppressed('bounced_5.1.1');
    const { id } = await one(contactId);
    await list('', 'privacy_officer');
    for (const role of ['officer', 'ministry']) await lift(id, 'address_works', role).expect(403);
    await lift(id, 'because Siti called').expect(422);
    await lift(newId(), 'address_works').expect(404);
    await notifications.service.http.get('/v1/suppressions').expect(401);
  });
});
