import { ContactVerifiedV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { WelcomeCooperativeConsumer } from './welcome-cooperative.consumer';

describe(WelcomeCooperativeConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications.close());

  function verified(contactId: string, channel: 'email' | 'whatsapp', first: boolean): object {
    const now = new Date().toISOString();
    return event(ContactVerifiedV1, {
      contactId,
      channel,
      first,
      flowId: newId(),
      cooperativeId: newId(),
      language: 'id',
      type: 'savings_loan',
      form: 'primary',
      regionCode: '12.71.05.1003',
      effectiveOn: now,
      knownAt: now,
    });
  }

  it.each(['email', 'whatsapp'] as const)(
    'welcomes the first verified contact by %s with the one next thing to do',
    async (channel) => {
      const { contactId, address } = notifications.contact(channel);
      const cause = await notifications.publish(verified(contactId, channel, true));
      await notifications.reaches(cause, channel === 'email' ? 'sent' : 'delivered');
      const [welcome, ...others] = notifications.providers.messages({ to: address });
      expect(others).toEqual([]);
      expect(welcome?.text).toContain('https://idxcoop.example/status?token=def');
      expect(welcome?.text).toContain('Koperasi Maju Bersama');
    },
  );

  it('welcomes nobody a second time', async () => {
    const { contactId, address } = notifications.contact('email');
    const cause = await notifications.publish(verified(contactId, 'email', false));
    await notifications.seen('welcome-cooperative', cause);
    expect(await notifications.messages.countDocuments({ cause })).toBe(0);
    expect(notifications.providers.messages({ to: address })).toEqual([]);
  });

  it('sends nothing twice when the event is redelivered', async () => {
    const { contactId, address } = notifications.contact('email');
    const fact = verified(contactId, 'email', true);
    const cause = await notifications.publish(fact);
    await notifications.reaches(cause, 'sent');
    await notifications.collection('inbox').deleteMany({});
    await notifications.publish(fact, cause);
    await notifications.seen('welcome-cooperative', cause);
    expect(await notifications.messages.countDocuments({ cause })).toBe(1);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves the event for later when the message cannot be planned', async () => {
    const database = notifications.service.mongo.connection.db;
    await database?.command({ collMod: 'messages', validator: { $jsonSchema: { required: ['never'] } } });
    const { contactId } = notifications.contact('email');
    const cause = await notifications.publish(verified(contactId, 'email', true));
    await eventually(async () => {
      expect(await notifications.collection('retries').countDocuments({ eventId: cause } as object)).toBe(1);
    });
    await database?.command({ collMod: 'messages', validator: {} });
    await notifications.reaches(cause, 'sent');
  });
});
