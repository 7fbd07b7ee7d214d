import { event, PersonErasedV1, PrivacyRequestAnsweredV1 } from '@idxcoop/contracts';
import { newId, Tokens } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { ForgetPersonConsumer } from './forget-person.consumer';

describe(ForgetPersonConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());

  const now = new Date().toISOString();
  const dated = { effectiveOn: now, knownAt: now };
  const messagesOf = (contactId: string) =>
    notifications
      .collection('messages')
      .find({ recipientId: contactId } as object)
      .toArray();

  it('sends the link of a copy, tells what was written, and forgets it when the person is erased', async () => {
    const { contactId, address } = notifications.contact('email');
    const about = { requestId: newId(), cooperativeId: newId(), kind: 'access' as const, dueAt: now };
    const to = { contactId, channel: 'email' as const, language: 'id' as const };
    const answered = event(PrivacyRequestAnsweredV1, { ...dated, ...about, ...to, outcome: 'fulfilled' });
    await notifications.reaches(await notifications.publish(answered), 'sent');
    const [sent] = notifications.providers.messages({ to: address });
    expect(sent?.text).toContain('/v1/verifications/0199/confirm?token=abc');
    const path = `/internal/contacts/${contactId}/delivery?purpose=privacy_copy&flowId=${about.requestId}`;
    expect(notifications.onboarding.asked).toContain(path);
    const token = await notifications.service.get(Tokens).forService('onboarding');
    const { body } = await notifications.service.http
      .post('/internal/messages/lookup')
      .auth(token, { type: 'bearer' })
      .send({ recipientIds: [contactId] })
      .expect(200);
    expect(body.items).toMatchObject([{ template: 'privacy_copy', channel: 'email' }]);

    const erased = event(PersonErasedV1, {
      ...dated,
      personId: newId(),
      cooperativeId: about.cooperativeId,
      contactIds: [contactId],
    });
    const cause = await notifications.publish(erased);
    await notifications.seen('forget-person', cause);
    const [message] = await messagesOf(contactId);
    expect(message).not.toHaveProperty('addressHash');
    expect(message).not.toHaveProperty('maskedAddress');
    const suppressed = { reason: 'erased', scope: 'notices' } as object;
    expect(await notifications.collection('suppressions').countDocuments(suppressed)).toBe(2);
    await notifications.collection('inbox').deleteMany({});
    await notifications.publish(erased, cause);
    await notifications.seen('forget-person', cause);
    expect(await notifications.collection('suppressions').countDocuments(suppressed)).toBe(2);
  });
});
