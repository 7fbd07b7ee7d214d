import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications, verificationRequested } from '../../../../test/support/notifications';
import { RequestVerificationConsumer } from './request-verification.consumer';

describe(RequestVerificationConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications.close());

  it('sends a link by e-mail', async () => {
    const { cause, address, contactId, fact } = await notifications.requestVerification('email');
    const message = await notifications.reaches(cause, 'sent');
    const [mail, ...others] = notifications.providers.messages({ to: address });
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ template: 'verification', language: 'id', deliveryId: message._id, causeId: cause });
    expect(mail?.html).toContain('href="https://idxcoop.example/v1/verifications/0199/confirm?token=abc"');
    expect(mail?.text).toContain('Halo Siti Rahma');
    const { flowId } = fact as { flowId: string };
    expect(notifications.onboarding.asked).toContain(
      `/internal/contacts/${contactId}/delivery?purpose=verification&flowId=${flowId}&sendNumber=1`,
    );
  });

  it('sends a code by WhatsApp, and learns that it was delivered', async () => {
    const { cause, address } = await notifications.requestVerification('whatsapp');
    const message = await notifications.reaches(cause, 'delivered');
    const [sent, ...others] = notifications.providers.messages({ to: address });
    expect(others).toEqual([]);
    expect(sent).toMatchObject({
      template: 'idxcoop_verification_code',
      text: 'idxcoop_verification_code: 123456 [123456]',
      deliveryId: message._id,
      causeId: cause,
    });
  });

  it('lets who is asked by an import go with the many: never in the room that is kept for those who wait', async () => {
    const { contactId } = notifications.contact('email');
    const asked = await notifications.publish(verificationRequested(contactId, 'email'));
    const imported = await notifications.publish(
      Object.assign(verificationRequested(contactId, 'email', 2), { imported: true }),
    );
    expect(await notifications.reaches(asked, 'sent')).toMatchObject({ workflow: 'verification', lane: 'urgent' });
    expect(await notifications.reaches(imported, 'sent')).toMatchObject({
      workflow: 'import_confirmation',
      category: 'authentication',
      lane: 'bulk',
    });
  });

  it('sends a new message for each resend', async () => {
    const { contactId, address } = notifications.contact('email');
    const causes = [1, 2].map((sendNumber) =>
      notifications.publish(verificationRequested(contactId, 'email', sendNumber)),
    );
    for (const cause of await Promise.all(causes)) await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: address })).toHaveLength(2);
  });

  it('keeps nothing of the person but a masked address and hashes', async () => {
    const { cause, address } = await notifications.requestVerification('whatsapp');
    const message = await notifications.reaches(cause, 'delivered');
    expect(message.maskedAddress).toBe(`${address.slice(0, 6)}****${address.slice(-3)}`);
    const kept = JSON.stringify([
      message,
      await notifications.collection('status_receipts').find({}).toArray(),
      await notifications.collection('outbox').find({}).toArray(),
    ]);
    const [sent] = notifications.providers.messages({ to: address });
    for (const secret of [address.slice(1), '123456', 'Siti', 'Maju Bersama', sent?.providerMessageId as string]) {
      expect(kept).not.toContain(secret);
    }
  });

  it('plans nothing twice when the event is redelivered, even where it was not recognised', async () => {
    const { cause, address, fact } = await notifications.requestVerification('email');
    await notifications.reaches(cause, 'sent');
    await notifications.publish(fact, cause);
    await notifications.collection('inbox').deleteMany({});
    await notifications.publish(fact, cause);
    await notifications.seen('request-verification', cause);
    expect(await notifications.messages.countDocuments({ cause })).toBe(1);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves the message for later when it cannot be planned', async () => {
    const database = notifications.service.mongo.connection.db;
    await database?.command({ collMod: 'messages', validator: { $jsonSchema: { required: ['never'] } } });
    const { cause } = await notifications.requestVerification('email');
    await eventually(async () => {
      expect(
        await notifications.collection('retries').countDocuments({ consumer: 'notifications.request-verification' }),
      ).toBe(1);
    });
    expect(await notifications.messages.countDocuments({ cause })).toBe(0);
    await database?.command({ collMod: 'messages', validator: {} });
    await notifications.reaches(cause, 'sent');
  });

  it('writes to nobody whom onboarding does not know any more', async () => {
    const cause = await notifications.publish(verificationRequested(newId(), 'email'));
    expect((await notifications.reaches(cause, 'failed')).code).toBe('contact_gone');
  });
});
