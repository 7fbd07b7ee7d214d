import { event, StatusLinkRequestedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { SendStatusLinkConsumer } from './send-status-link.consumer';

describe(SendStatusLinkConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications.close());

  function requested(contactId: string, sendNumber = 1): object {
    const now = new Date().toISOString();
    const cooperativeId = newId();
    return event(StatusLinkRequestedV1, {
      cooperativeId,
      contactId,
      channel: 'whatsapp',
      language: 'en',
      sendNumber,
      effectiveOn: now,
      knownAt: now,
    });
  }

  it('sends the link of this send number in the language of the person', async () => {
    const { contactId, address } = notifications.contact('whatsapp', { language: 'en' });
    const cause = await notifications.publish(requested(contactId, 3));
    await notifications.reaches(cause, 'delivered');
    const [sent] = notifications.providers.messages({ to: address });
    expect(sent).toMatchObject({ template: 'idxcoop_status_link', language: 'en' });
    expect(sent?.text).toContain('https://idxcoop.example/status?token=def');
    expect(notifications.onboarding.asked).toContain(
      `/internal/contacts/${contactId}/delivery?purpose=status_link&sendNumber=3`,
    );
  });

  it('sends nothing twice when the event is redelivered', async () => {
    const { contactId, address } = notifications.contact('whatsapp');
    const fact = requested(contactId);
    const cause = await notifications.publish(fact);
    await notifications.reaches(cause, 'delivered');
    await notifications.collection('inbox').deleteMany({});
    await notifications.publish(fact, cause);
    await notifications.seen('send-status-link', cause);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves the event for later when the message cannot be planned', async () => {
    const database = notifications.service.mongo.connection.db;
    await database?.command({ collMod: 'messages', validator: { $jsonSchema: { required: ['never'] } } });
    const { contactId } = notifications.contact('whatsapp');
    const cause = await notifications.publish(requested(contactId));
    await eventually(async () => {
      expect(await notifications.collection('retries').countDocuments({ eventId: cause } as object)).toBe(1);
    });
    await database?.command({ collMod: 'messages', validator: {} });
    await notifications.reaches(cause, 'delivered');
  });
});
