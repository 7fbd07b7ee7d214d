import { ContactVerifiedV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { startNotifications, verificationRequested } from '../../../../test/support/notifications';
import type { Category } from '../message/message.schema';
import type { ConsentEntry } from './consent-entry.schema';
import { Suppressions } from './suppressions';

describe(Suppressions.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let suppressions: Suppressions;

  beforeAll(async () => {
    notifications = await startNotifications();
    suppressions = notifications.service.get(Suppressions);
  });
  afterAll(() => notifications.close());

  const refusal = (address: string, category: Category, workflow = 'welcome') =>
    suppressions.refusal({ recipientId: newId(), channel: 'whatsapp', category, workflow }, address);
  const number = () => `+62812${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  const ledgerOf = async (subject: string) =>
    (await notifications
      .collection('consent_entries')
      .find({ subjects: subject } as object)
      .sort({ _id: 1 })
      .toArray()) as unknown as ConsentEntry[];

  it('keeps the first time of a reason, and each reason by itself', async () => {
    const hash = suppressions.hashOf(number());
    expect(await suppressions.add([hash], 'announcements', 'unsubscribed')).toBe(true);
    const [first] = await notifications
      .collection('suppressions')
      .find({ subject: hash } as object)
      .toArray();
    expect(await suppressions.add([hash], 'announcements', 'unsubscribed')).toBe(false);
    await suppressions.add([hash], 'announcements', 'complaint');
    await suppressions.add([hash], 'all', 'smtp_550');
    expect(await suppressions.inForce([hash])).toMatchObject([
      { _id: first?._id, scope: 'announcements', reason: 'unsubscribed' },
      { scope: 'announcements', reason: 'complaint' },
      { scope: 'all', reason: 'smtp_550' },
    ]);
  });

  it('lifts what a reason set, and nothing else', async () => {
    const phone = number();
    const hash = suppressions.hashOf(phone);
    await suppressions.add([hash], 'notices', 'stop_word');
    await suppressions.add([hash], 'announcements', 'unsubscribed');
    await suppressions.add([hash], 'announcements', 'complaint');
    await suppressions.lift([hash], 'announcements', 'unsubscribed');
    expect(await refusal(phone, 'announcement', 'milestone')).toBe('opted_out');
    await suppressions.lift([hash], 'notices', 'stop_word');
    expect(await refusal(phone, 'transactional')).toBeNull();
    expect(await refusal(phone, 'announcement', 'milestone')).toBe('opted_out');
    await suppressions.lift([hash], 'announcements', 'complaint');
    expect(await refusal(phone, 'announcement', 'milestone')).toBeNull();
    expect(await suppressions.lift([hash], 'announcements', 'complaint')).toBe(false);
  });

  it('writes every change to the ledger, with its way, and nothing twice', async () => {
    const hash = suppressions.hashOf(number());
    await suppressions.add([hash], 'notices', 'stop_word');
    await suppressions.add([hash], 'notices', 'stop_word');
    await suppressions.lift([hash], 'notices', 'stop_word');
    await suppressions.add([hash], 'announcements', '131050');
    const how = { how: 'stop_word', channel: 'whatsapp' };
    expect(await ledgerOf(hash)).toMatchObject([
      { purpose: 'service', decision: 'withdrawn', ...how },
      { purpose: 'announcements', decision: 'withdrawn', ...how },
      { purpose: 'digests', decision: 'withdrawn', ...how },
      { purpose: 'service', decision: 'given', ...how },
      { purpose: 'announcements', decision: 'given', ...how },
      { purpose: 'digests', decision: 'given', ...how },
      { purpose: 'announcements', decision: 'withdrawn', how: 'provider', reason: '131050', channel: 'whatsapp' },
    ]);
  });

  it('leaves neither a suppression nor an entry where its transaction fails', async () => {
    const hash = suppressions.hashOf(number());
    const failing = notifications.service.mongo.transaction(async (session) => {
      await suppressions.add([hash], 'all', 'smtp_550', session);
      throw new Error('later in the transaction');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await suppressions.inForce([hash])).toEqual([]);
    expect(await ledgerOf(hash)).toEqual([]);
  });

  it('outlives a new registration or import of the number: nothing but the codes that its person asks for', async () => {
    const before = notifications.contact('whatsapp');
    await suppressions.add([suppressions.hashOf(before.address)], 'notices', 'stop_word');
    // Who is registered or imported anew is a new contact with the old number.
    const { contactId } = notifications.contact('whatsapp', { address: before.address });
    const now = new Date().toISOString();
    const verified = event(ContactVerifiedV1, {
      cooperativeId: newId(),
      language: 'id',
      type: 'savings_loan',
      form: 'primary',
      regionCode: '12',
      contactId,
      flowId: newId(),
      channel: 'whatsapp',
      first: true,
      effectiveOn: now,
      knownAt: now,
    });
    const code = await notifications.publish(verificationRequested(contactId, 'whatsapp'));
    await notifications.reaches(code, 'delivered');
    const welcome = await notifications.publish(verified);
    expect((await notifications.reaches(welcome, 'suppressed')).code).toBe('opted_out');
    expect(notifications.providers.messages({ to: before.address })).toHaveLength(1);
  });
});
