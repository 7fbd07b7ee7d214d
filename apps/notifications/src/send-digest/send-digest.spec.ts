import { DigestComposedV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { SendDigestConsumer } from './send-digest.consumer';

const CONSUMER = 'send-digest';
const FIGURES = { actual: 310, target: 500, gained: 12, requiredPerWeek: 15.8, daysLeft: 84, status: 'at_risk' };

describe(SendDigestConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let lead: { officialId: string; address: string };

  beforeAll(async () => {
    notifications = await startNotifications({
      config: { retryTiers: [100, 3_000, 3_000, 3_000], quietHours: '20:00-08:00' },
    });
  });
  afterAll(() => notifications.close());
  beforeEach(() => {
    lead = notifications.programmeLead();
  });
  afterEach(() => notifications.service.clock.reset());

  const composed = (fields: Partial<DigestComposedV1> = {}) =>
    event(DigestComposedV1, {
      digestId: newId(),
      officialId: lead.officialId,
      period: 'daily',
      targetKey: 'idxcoop-2020',
      asOf: '2020-10-08',
      orderedFor: '07:00',
      timeZone: 'Asia/Jakarta',
      effectiveOn: '2020-10-08',
      knownAt: notifications.service.clock.now().toISOString(),
      ...FIGURES,
      ...fields,
    });
  const messageOf = (cause: string) =>
    eventually(async () => {
      const message = await notifications.messages.findOne({ cause });
      if (!message) throw new Error(`nothing was planned for ${cause}`);
      return message;
    });
  const tell = async (fact: object, id = newId()) => {
    await notifications.publish(fact, id);
    await notifications.seen(CONSUMER, id);
    return id;
  };

  it('holds a digest until the hour that it was ordered for', async () => {
    notifications.service.clock.set('2020-10-08T23:40:00Z');
    const cause = await tell(composed());
    const at = new Date('2020-10-09T00:00:00Z');
    const message = await messageOf(cause);
    expect(message).toMatchObject({
      state: 'held',
      code: 'ordered_for',
      workflow: 'daily_digest',
      details: { targetKey: 'idxcoop-2020', period: 'daily', asOf: '2020-10-08', figures: FIGURES },
      expiresAt: new Date('2020-10-09T12:00:00Z'),
    });
    expect(message.history.at(-1)).toMatchObject({ state: 'held', code: 'ordered_for', until: at });
    expect((message.dueAt as Date).getTime() - Date.now()).toBeGreaterThan(19 * 60_000);
    expect(notifications.providers.messages({ to: lead.address })).toEqual([]);
  });

  it('sends it at that hour, also in the quiet of the night', async () => {
    notifications.service.clock.set('2020-10-08T22:00:00Z');
    const cause = await tell(composed({ orderedFor: '05:00' }));
    await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: lead.address })).toHaveLength(1);
  });

  it('asks for the official in person, and says nothing that is stale', async () => {
    notifications.service.clock.set('2020-10-08T23:40:00Z');
    const [daily, weekly] = [composed(), composed({ period: 'weekly' })];
    notifications.service.clock.set('2020-10-09T12:00:00Z');
    expect(await notifications.audiences(await tell(daily))).toEqual([]);
    await messageOf(await tell(weekly));
    expect(notifications.onboarding.asked).toContain(`/internal/officials?id=${lead.officialId}`);
  });

  it('changes nothing when the event is redelivered', async () => {
    notifications.service.clock.set('2020-10-08T23:40:00Z');
    const fact = composed();
    const cause = await tell(fact);
    const before = await messageOf(cause);
    await notifications.forgetInbox();
    await tell(fact, cause);
    expect(await notifications.audiences(cause)).toHaveLength(1);
    expect(await messageOf(cause)).toEqual(before);
  });

  it('leaves the event for later when the audience cannot be planned', async () => {
    notifications.service.clock.set('2020-10-08T23:40:00Z');
    const restore = await notifications.refuseWritesTo('audiences');
    const cause = await notifications.publish(composed());
    await notifications.leftForLater(CONSUMER, cause);
    expect(await notifications.audiences(cause)).toEqual([]);
    await restore();
    await messageOf(cause);
  });
});
