import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message } from '../message/message.schema';
import { Messages, type Plan } from '../message/messages';
import { settingsOf } from '../workflow/workflows';
import { Outcomes } from './outcomes';

const HOUR = 3_600_000;
const inMs = (ms: number) => new Date(Date.now() + ms);

describe(Outcomes.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let outcomes: Outcomes;
  beforeAll(async () => {
    notifications = await startNotifications();
    outcomes = notifications.service.get(Outcomes);
  });
  afterAll(() => notifications.close());

  /** A message of WhatsApp that this test holds as a worker would. */
  async function held(plan: Partial<Plan> = {}, fields: object = {}): Promise<Message> {
    const cause = newId();
    const { contactId } = notifications.contact('whatsapp');
    await notifications.service.mongo.transaction((session) =>
      notifications.service.get(Messages).plan(
        {
          ...settingsOf('welcome', new Date()),
          ...{ cause, template: 'welcome', language: 'id', recipientKind: 'contact', details: {} },
          ...{ recipientId: contactId, channel: 'whatsapp', notBefore: { at: inMs(HOUR), code: 'later' } },
          expiresAt: inMs(2 * HOUR),
          ...plan,
        },
        session,
      ),
    );
    await notifications.messages.updateOne({ cause }, { $set: { state: 'planned', lease: 'mine', ...fields } });
    return now({ cause });
  }
  const now = async ({ cause }: Pick<Message, 'cause'>) =>
    (await notifications.messages.findOne({ cause, channel: 'whatsapp' })) as Message;
  const byMail = () => [{ recipientId: notifications.contact('email').contactId, channel: 'email' as const }];

  it('keeps the reason of a wait past its use', async () => {
    const message = await held();
    await outcomes.hold(message, 3 * HOUR, { code: 'line_stopped' });
    const { state, code, history } = await now(message);
    expect([state, code]).toEqual(['expired', 'expired']);
    expect(history.slice(-2)).toMatchObject([
      { state: 'held', code: 'line_stopped', until: expect.any(Date) },
      { state: 'expired', code: 'expired' },
    ]);
  });

  it.each([
    'line_stopped',
    'stopped_by_operations',
    'circuit_open',
    'daily_cap',
    'daily_budget',
    'rate_limited',
    '131049',
  ])('gives what would wait past its use for %s to the next channel', async (code) => {
    const message = await held({ alternatives: byMail() });
    await outcomes.hold(message, 3 * HOUR, { code });
    expect(await now(message)).toMatchObject({ state: 'failed', code });
    expect(await notifications.messages.countDocuments({ cause: message.cause, channel: 'email' })).toBe(1);
  });

  it.each(['quiet_hours', 'digest_a_day', 'campaign_paused'])(
    'gives nobody else what would wait past its use for %s',
    async (code) => {
      const message = await held({ alternatives: byMail() });
      await outcomes.hold(message, 3 * HOUR, { code });
      expect((await now(message)).state).toBe('expired');
      expect(await notifications.messages.countDocuments({ cause: message.cause })).toBe(1);
    },
  );

  it.each([
    ['urgent', 15_000, 30_000],
    ['normal', 450_000, 900_000],
  ] as const)('lets %s wait between %i and %i ms however often it was held', async (lane, least, most) => {
    const message = await held({ lane }, { attempt: 40 });
    const before = Date.now();
    await outcomes.record(message, { kind: 'unsent', code: 'econnrefused' }, 'hash');
    const wait = ((await now(message)).dueAt?.getTime() ?? 0) - before;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThan(most + 2_000);
  });
});
