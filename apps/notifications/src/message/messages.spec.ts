import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { settingsOf } from '../workflow/workflows';
import { Messages, type Plan } from './messages';

describe(Messages.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api'] });
  });
  afterAll(() => notifications.close());

  const plan = (fields: Partial<Plan> = {}): Plan => ({
    cause: newId(),
    template: 'welcome',
    channel: 'email',
    language: 'id',
    recipientKind: 'contact',
    recipientId: newId(),
    details: {},
    ...settingsOf('welcome', new Date()),
    ...fields,
  });
  const inTransaction = (...plans: Plan[]) =>
    notifications.service.mongo.transaction(async (session) => {
      for (const one of plans) await notifications.service.get(Messages).plan(one, session);
    });

  it('plans one message per person, channel and cause, even from many places at once', async () => {
    const first = plan();
    await Promise.all(Array.from({ length: 8 }, () => inTransaction(first)));
    expect(await notifications.messages.countDocuments({ cause: first.cause })).toBe(1);
  });

  it('plans others for another person, channel or cause', async () => {
    const { cause, recipientId } = plan();
    const plans = [
      { cause, recipientId },
      { cause },
      { recipientId },
      { cause, recipientId, channel: 'whatsapp' as const },
    ];
    await inTransaction(...plans.map(plan));
    expect(await notifications.messages.countDocuments({ $or: [{ cause }, { recipientId }] })).toBe(4);
  });

  it('plans nothing where its transaction is taken back', async () => {
    const taken = plan();
    const failing = notifications.service.mongo.transaction(async (session) => {
      await notifications.service.get(Messages).plan(taken, session);
      throw new Error('taken back');
    });
    await expect(failing).rejects.toThrow('taken back');
    expect(await notifications.messages.countDocuments({ cause: taken.cause })).toBe(0);
  });
});
