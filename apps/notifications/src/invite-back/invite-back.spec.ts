import { CooperativeBecameActiveV1, CooperativeWentSilentV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { InviteBackConsumer } from './invite-back.consumer';

const CONSUMER = 'invite-back';

describe(InviteBackConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications.close());
  beforeEach(() => notifications.service.clock.set('2021-01-30T03:00:00Z'));
  afterEach(() => notifications.service.clock.reset());

  function cooperative() {
    const cooperativeId = newId();
    const { contactId } = notifications.contact('email');
    const contact = { contactId, personId: newId(), channel: 'email', language: 'id', consented: true };
    notifications.onboarding.verifiedContacts.set(cooperativeId, [contact]);
    const fields = {
      cooperativeId,
      type: 'savings_loan' as const,
      form: 'primary' as const,
      regionCode: '12.71.05.1003',
      effectiveOn: '2021-01-29',
      knownAt: '2021-01-30T03:00:00.000Z',
    };
    const silent = event(CooperativeWentSilentV1, fields);
    return { cooperativeId, silent, active: event(CooperativeBecameActiveV1, fields) };
  }
  const tell = async (fact: object, sequence: number, id = newId()) => {
    await notifications.publish(fact, id, sequence);
    await notifications.seen(CONSUMER, id);
    return id;
  };
  const planned = async (cooperativeId: string) =>
    (await notifications.messages.find({ cooperativeId }).toArray()).map(({ cause }) => cause).sort();
  const reaches = (cooperativeId: string, causes: string[]) =>
    eventually(async () => expect(await planned(cooperativeId)).toEqual(causes.sort()));
  const courseOf = (subject: string) => notifications.collection('courses').findOne({ subject } as object);

  it('writes at once, and once more after thirty days of silence', async () => {
    const { cooperativeId, silent } = cooperative();
    const cause = await tell(silent, 7);
    await reaches(cooperativeId, [`${cause}/D+0`]);
    notifications.service.clock.set('2021-03-01T01:59:00Z');
    expect(await courseOf(cooperativeId)).toMatchObject({ step: 1, nextAt: new Date('2021-03-01T02:00:00Z') });
    notifications.service.clock.set('2021-03-01T02:00:00Z');
    await reaches(cooperativeId, [`${cause}/D+0`, `${cause}/D+30`]);
    expect(await courseOf(cooperativeId)).toMatchObject({ state: 'done' });
    const [message] = await notifications.messages.find({ cause: `${cause}/D+30` }).toArray();
    expect(message).toMatchObject({ template: 'reactivation', category: 'announcement', lane: 'bulk' });
  });

  it('stops when the cooperative is active again, and begins anew with the next silence', async () => {
    const { cooperativeId, silent, active } = cooperative();
    const cause = await tell(silent, 7);
    await reaches(cooperativeId, [`${cause}/D+0`]);
    await tell(active, 8);
    notifications.service.clock.set('2021-06-01T02:00:00Z');
    expect(await courseOf(cooperativeId)).toMatchObject({ state: 'stopped' });
    const again = await tell(silent, 12);
    await reaches(cooperativeId, [`${cause}/D+0`, `${again}/D+0`]);
  });

  it('begins anew with the next silence although the return between the two is told last', async () => {
    const { cooperativeId, silent, active } = cooperative();
    const cause = await tell(silent, 7);
    await reaches(cooperativeId, [`${cause}/D+0`]);
    notifications.service.clock.set('2021-03-01T02:00:00Z');
    await reaches(cooperativeId, [`${cause}/D+0`, `${cause}/D+30`]);
    notifications.service.clock.set('2021-07-01T02:00:00Z');
    const again = await tell(silent, 12);
    await tell(active, 11);
    await reaches(cooperativeId, [`${cause}/D+0`, `${cause}/D+30`, `${again}/D+0`]);
    expect(await courseOf(cooperativeId)).toMatchObject({ state: 'running', sequence: 12 });
  });

  it('invites nobody whose return was told before their silence', async () => {
    const { cooperativeId, silent, active } = cooperative();
    await tell(active, 8);
    await tell(silent, 7);
    expect(await courseOf(cooperativeId)).toMatchObject({ state: 'stopped', sequence: 8 });
    expect(await planned(cooperativeId)).toEqual([]);
  });

  it('changes nothing when the event is redelivered', async () => {
    const { cooperativeId, silent } = cooperative();
    const cause = await tell(silent, 7);
    await reaches(cooperativeId, [`${cause}/D+0`]);
    const before = await courseOf(cooperativeId);
    await notifications.forgetInbox();
    await tell(silent, 7, cause);
    expect(await courseOf(cooperativeId)).toEqual(before);
    expect(await planned(cooperativeId)).toEqual([`${cause}/D+0`]);
  });

  it('leaves the event for later when it cannot be taken in', async () => {
    const { cooperativeId, silent } = cooperative();
    const restore = await notifications.refuseWritesTo('courses');
    const cause = await notifications.publish(silent);
    await notifications.leftForLater(CONSUMER, cause);
    expect(await courseOf(cooperativeId)).toBeNull();
    await restore();
    await reaches(cooperativeId, [`${cause}/D+0`]);
  });
});
