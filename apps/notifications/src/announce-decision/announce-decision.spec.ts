import { CooperativeRejectedV1, CooperativeVerifiedV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { AnnounceDecisionConsumer } from './announce-decision.consumer';

describe(AnnounceDecisionConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications.close());

  /** A cooperative with one verified contact. */
  function cooperative() {
    const cooperativeId = newId();
    const { contactId, address } = notifications.contact('email');
    notifications.onboarding.verifiedContacts.set(cooperativeId, [{ contactId, channel: 'email', language: 'id' }]);
    const now = new Date().toISOString();
    const about = {
      cooperativeId,
      type: 'savings_loan' as const,
      form: 'primary' as const,
      regionCode: '12.71.05.1003',
      effectiveOn: now,
      knownAt: now,
    };
    return {
      contactId,
      address,
      verified: event(CooperativeVerifiedV1, about),
      rejected: event(CooperativeRejectedV1, { ...about, reasonCodes: ['incomplete'] }),
    };
  }

  it.each([
    ['verified', 'approval'],
    ['rejected', 'rejection'],
  ] as const)('announces that a cooperative was %s by an %s', async (decision, template) => {
    const { address, ...facts } = cooperative();
    const cause = await notifications.publish(facts[decision]);
    await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: address }).map((mail) => mail.template)).toEqual([template]);
  });

  it('asks for the reasons of the case that was decided', async () => {
    const { contactId, rejected } = cooperative();
    const reviewCaseId = newId();
    const cause = await notifications.publish(event(CooperativeRejectedV1, { ...rejected, reviewCaseId }));
    await notifications.reaches(cause, 'sent');
    expect(notifications.onboarding.asked.filter((path) => path.includes(contactId))).toEqual([
      expect.stringContaining(`reviewCaseId=${reviewCaseId}`),
    ]);
  });

  it('changes nothing when the event is redelivered', async () => {
    const { address, rejected } = cooperative();
    const cause = await notifications.publish(rejected);
    await notifications.reaches(cause, 'sent');
    await notifications.forgetInbox();
    await notifications.publish(rejected, cause);
    await notifications.seen('announce-decision', cause);
    expect(await notifications.audiences(cause)).toHaveLength(1);
    expect(await notifications.messages.countDocuments({ cause })).toBe(1);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves the event for later when the audience cannot be planned', async () => {
    const { address, verified } = cooperative();
    const restore = await notifications.refuseWritesTo('audiences');
    const cause = await notifications.publish(verified);
    await notifications.leftForLater('announce-decision', cause);
    expect(await notifications.audiences(cause)).toEqual([]);
    await restore();
    await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });
});
