import { startNotifications } from '../../../../test/support/notifications';
import { Suppressions } from '../suppression/suppressions';
import { ForgetMessagesJob } from './forget-messages.job';

const DAY = 86_400_000;

describe(ForgetMessagesJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    // Its own nightly run must not come between.
    notifications = await startNotifications({ roles: ['api', 'events', 'jobs'] });
  });
  afterEach(() => notifications.service.clock.reset());
  afterAll(() => notifications.close());

  /** A message that ended so many days ago. */
  async function ended(days: number, channel: 'email' | 'whatsapp' = 'email', fields: object = {}) {
    const { cause, address } = await notifications.requestVerification(channel);
    const { history } = await notifications.reaches(cause, channel === 'email' ? 'sent' : 'delivered');
    const at = new Date(Date.now() - days * DAY);
    const old = history.map((step) => ({ ...step, at }));
    await notifications.messages.updateOne({ cause }, { $set: { plannedAt: at, history: old, ...fields } });
    return { cause, address };
  }
  const forget = () => notifications.service.get(ForgetMessagesJob).process();
  const find = (cause: string) => notifications.messages.findOne({ cause });

  it('forgets after 90 days whom a message went to, and keeps what became of it', async () => {
    const { cause } = await ended(91, 'whatsapp');
    const recent = await ended(89, 'whatsapp');
    await forget();
    const message = await find(cause);
    expect(message).toMatchObject({ state: 'delivered', template: 'verification', channel: 'whatsapp' });
    for (const trace of ['maskedAddress', 'addressHash', 'providerIdHash']) expect(message).not.toHaveProperty(trace);
    expect(await find(recent.cause)).toMatchObject({
      maskedAddress: expect.stringContaining('****'),
      addressHash: expect.any(String),
      providerIdHash: expect.any(String),
    });
  });

  it('counts from the end: a report of yesterday, or something still to do, keeps the traces', async () => {
    const late = await ended(91);
    const yesterday = { state: 'delivered', at: new Date(Date.now() - DAY) };
    await notifications.messages.updateOne({ cause: late.cause }, { $push: { history: yesterday } });
    const open = await ended(91, 'email', { state: 'held', dueAt: new Date(Date.now() + DAY) });
    await forget();
    for (const { cause } of [late, open]) expect(await find(cause)).toHaveProperty('addressHash');
  });

  it('removes a message after its retention, and no suppression with it', async () => {
    const old = await ended(401);
    const kept = await ended(399);
    const suppressions = notifications.service.get(Suppressions);
    await suppressions.add([suppressions.hashOf(old.address)], 'announcements', 'complaint');
    await forget();
    expect(await find(old.cause)).toBeNull();
    expect(await find(kept.cause)).not.toBeNull();
    const about = {
      recipientId: 'somebody new',
      channel: 'email',
      category: 'announcement',
      workflow: 'campaign',
    } as const;
    expect(await suppressions.refusal(about, old.address)).toBe('opted_out');
  });

  it('says that there is something to do where a night was missed', async () => {
    const job = notifications.service.get(ForgetMessagesJob);
    await forget();
    expect(await job.due()).toEqual([]);
    await ended(92);
    expect(await job.due()).toHaveLength(1);
    await forget();
    expect(await job.due()).toEqual([]);
  });

  it('never stores what was said: neither text nor name nor the whole address', async () => {
    const { cause, address } = await ended(1, 'whatsapp');
    const stored = JSON.stringify(await find(cause));
    for (const secret of [address, address.slice(1), '123456', 'Siti', 'Maju Bersama'])
      expect(stored).not.toContain(secret);
  });
});
