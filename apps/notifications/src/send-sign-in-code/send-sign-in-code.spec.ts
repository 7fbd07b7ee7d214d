import { event, SignInRequestedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { SendSignInCodeConsumer } from './send-sign-in-code.consumer';

describe(SendSignInCodeConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  const flowId = newId();

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications?.close());

  function requested(recipientKind: 'contact' | 'official', recipientId: string, channel: 'email' | 'whatsapp') {
    const now = new Date().toISOString();
    const recipient = { recipientKind, recipientId, channel, language: 'id' as const };
    return event(SignInRequestedV1, { flowId, ...recipient, sendNumber: 2, effectiveOn: now, knownAt: now });
  }

  it('sends a contact the code of this send number by WhatsApp', async () => {
    const { contactId, address } = notifications.contact('whatsapp');
    const cause = await notifications.publish(requested('contact', contactId, 'whatsapp'));
    expect(await notifications.reaches(cause, 'delivered')).toMatchObject({
      category: 'authentication',
      lane: 'urgent',
    });
    expect(notifications.providers.messages({ to: address })).toMatchObject([
      { template: 'idxcoop_sign_in_code', text: 'idxcoop_sign_in_code: 123456 [123456]' },
    ]);
    expect(notifications.onboarding.asked).toContain(
      `/internal/contacts/${contactId}/delivery?purpose=sign_in&flowId=${flowId}&sendNumber=2`,
    );
  });

  it('sends an official the code by e-mail, and keeps it nowhere', async () => {
    const officialId = newId();
    const address = `${officialId}@dinas.example`;
    const official = { channel: 'email', address, language: 'id', name: 'Rina', code: '654321' };
    notifications.onboarding.officials.set(officialId, official);
    const cause = await notifications.publish(requested('official', officialId, 'email'));
    const message = await notifications.reaches(cause, 'sent');
    const [mail] = notifications.providers.messages({ to: address });
    expect(mail?.text).toContain('654321');
    expect(JSON.stringify(message)).not.toContain('654321');
    expect(notifications.onboarding.asked).toContain(
      `/internal/officials/${officialId}/delivery?channel=email&flowId=${flowId}&sendNumber=2`,
    );
  });

  it('sends nothing twice when the event is redelivered', async () => {
    const { contactId, address } = notifications.contact('whatsapp');
    const fact = requested('contact', contactId, 'whatsapp');
    const cause = await notifications.publish(fact);
    await notifications.reaches(cause, 'delivered');
    await notifications.forgetInbox();
    await notifications.publish(fact, cause);
    await notifications.seen('send-sign-in-code', cause);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves the event for later when the message cannot be planned', async () => {
    const allow = await notifications.refuseWritesTo('messages');
    const { contactId } = notifications.contact('whatsapp');
    const cause = await notifications.publish(requested('contact', contactId, 'whatsapp'));
    await notifications.leftForLater('send-sign-in-code', cause);
    await allow();
    await notifications.reaches(cause, 'delivered');
  });
});
