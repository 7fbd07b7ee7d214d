import { event, MilestoneReachedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { AnnounceMilestoneConsumer } from './announce-milestone.consumer';

describe(AnnounceMilestoneConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let address: string;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications.close());

  beforeEach(() => {
    address = notifications.programmeLead().address;
  });
  afterEach(() => notifications.service.clock.reset());

  const reached = (reachedOn: string) =>
    event(MilestoneReachedV1, {
      targetKey: 'idxcoop-2020',
      planVersion: 1,
      percent: 50,
      reachedOn,
      actual: 310,
      effectiveOn: reachedOn,
      knownAt: new Date().toISOString(),
    });
  const today = () => reached(new Date().toISOString().slice(0, 10));

  it.each([
    ['on its day', '2020-10-08T03:00:00Z', 1],
    ['in the last minute of the seventh day after it, in Jakarta', '2020-10-15T16:59:00Z', 1],
    ['when that day is over in Jakarta', '2020-10-15T17:00:00Z', 0],
    ['a year later', '2021-10-08T03:00:00Z', 0],
  ])('tells a milestone of 8 October %s to so many audiences', async (_, now, count) => {
    notifications.service.clock.set(now);
    const cause = await notifications.publish(reached('2020-10-08'));
    await notifications.seen('announce-milestone', cause);
    expect(await notifications.audiences(cause)).toHaveLength(count);
  });

  it('changes nothing when the event is redelivered', async () => {
    const fact = today();
    const cause = await notifications.publish(fact, newId());
    await notifications.reaches(cause, 'sent');
    await notifications.forgetInbox();
    await notifications.publish(fact, cause);
    await notifications.seen('announce-milestone', cause);
    expect(await notifications.audiences(cause)).toHaveLength(1);
    expect(await notifications.messages.countDocuments({ cause })).toBe(1);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves the event for later when the audience cannot be planned', async () => {
    const restore = await notifications.refuseWritesTo('audiences');
    const cause = await notifications.publish(today());
    await notifications.leftForLater('announce-milestone', cause);
    expect(await notifications.audiences(cause)).toEqual([]);
    await restore();
    await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });
});
