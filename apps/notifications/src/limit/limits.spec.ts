import { newId } from '@idxcoop/platform';
import { mostWithin } from '../../../../test/chaos/fixtures/receiver';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message } from '../message/message.schema';
import { Messages, type Plan } from '../message/messages';
import { settingsOf } from '../workflow/workflows';
import { limitsOf } from './line-limits';
import { Limits } from './limits';
import { Permit } from './permit';
import { Places } from './places';

type Notifications = Awaited<ReturnType<typeof startNotifications>>;

/** Plans one message to each of these contacts, and says their causes. */
async function plan(notifications: Notifications, contacts: string[], lane: Message['lane']): Promise<string[]> {
  const template = lane === 'urgent' ? 'verification' : 'welcome';
  const causes = contacts.map(() => newId());
  await notifications.service.mongo.transaction(async (session) => {
    for (const [index, recipientId] of contacts.entries()) {
      const message: Plan = {
        ...settingsOf(template, new Date()),
        lane,
        cause: causes[index] as string,
        template,
        channel: 'whatsapp',
        language: 'id',
        recipientKind: 'contact',
        recipientId,
        details: { flowId: newId(), sendNumber: 1 },
      };
      await notifications.service.get(Messages).plan(message, session);
    }
  });
  return causes;
}

const people = (notifications: Notifications, count: number) =>
  Array.from({ length: count }, () => notifications.contact('whatsapp'));
const arrivals = (notifications: Notifications, to?: string) =>
  notifications.providers.messages({ channel: 'whatsapp', to }).map(({ at }) => new Date(at).getTime());

describe(`${Limits.name} in a second`, () => {
  const RATE = 10;
  let notifications: Notifications;
  let other: Notifications;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { whatsappRate: RATE } });
    const { onboardingUrl } = notifications.service.config;
    const { settings } = notifications.providers;
    other = await startNotifications({
      roles: ['jobs'],
      stores: notifications.service.stores,
      config: { ...settings, onboardingUrl, whatsappRate: RATE },
    });
  });
  afterAll(async () => {
    await other?.close();
    await notifications?.close();
  });

  it('lets two processes together send no more in any second, and hardly less', async () => {
    const contacts = people(notifications, 35).map(({ contactId }) => contactId);
    await plan(notifications, contacts, 'bulk');
    await eventually(() => expect(arrivals(notifications)).toHaveLength(35), 15_000);
    const times = arrivals(notifications).sort((a, b) => a - b);
    // The simulator shares this process and writes down whole milliseconds, late where we are busy: the full run of chaos judges exactly.
    expect(mostWithin(999, times)).toBeLessThanOrEqual(RATE * 1.2);
    expect((times.at(-1) as number) - (times[0] as number)).toBeLessThan(15_000);
  });

  it('counts what people wait for and what is put off', async () => {
    const { body } = await fetch(`${notifications.service.url}/metrics`).then(async (response) => ({
      body: await response.text(),
    }));
    expect(body).toMatch(/idxcoop_limit_wait_seconds_count\{[^}]*lane="bulk"[^}]*\} \d/);
  });

  it('frees the places of a process that died with its permits, and no sooner than it could have used them', async () => {
    const limits = { ...limitsOf('whatsapp', notifications.service.config), line: 'whatsapp:dead', validity: 300 };
    const places = notifications.service.get(Places);
    const token = (await places.startRestoring(limits)) as string;
    await places.endRestoring(limits, token, 0);
    const ask = () => places.take(limits, { lane: 'urgent', person: newId(), allowedPeople: 1_000 });
    const start = performance.now();
    for (let taken = 0; taken < RATE; taken += 1) expect(await ask()).toHaveProperty('id');
    const next = await ask();
    // Bytes could leave until 300 ms after the last moment, and count for a second from then on.
    const until = 'id' in next ? next.from : performance.now() + next.wait + 1_000;
    expect(until - start).toBeGreaterThan(1_300);
    await eventually(async () => expect(await ask()).toHaveProperty('id'), 3_000);
  });
});

describe(`${Limits.name} of people`, () => {
  let notifications: Notifications;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { whatsappDailyPeople: 5, whatsappReservedPercent: 20 } });
  });
  afterAll(() => notifications.close());
  afterEach(async () => {
    await notifications.collection('daily_budgets').deleteMany({});
  });

  const isHeld = (cause: string, code: string) =>
    eventually(async () =>
      expect(await notifications.messages.findOne({ cause })).toMatchObject({ state: 'held', code }),
    );

  it('writes to one person no more often than once in 6 seconds', async () => {
    const [person] = people(notifications, 1);
    const { contactId, address } = person as { contactId: string; address: string };
    await plan(notifications, [contactId, contactId], 'urgent');
    await eventually(async () =>
      expect(await notifications.messages.countDocuments({ recipientId: contactId, code: 'pair_limited' })).toBe(1),
    );
    await eventually(() => expect(arrivals(notifications, address)).toHaveLength(2), 15_000);
    const [first = 0, second = 0] = arrivals(notifications, address);
    expect(second - first).toBeGreaterThanOrEqual(6_000);
    expect(second - first).toBeLessThan(14_000);
  });

  it('keeps a share of the people of a day from the many, and nobody writes to more', async () => {
    // One person was written to above.
    const contacts = people(notifications, 6);
    const ids = contacts.map(({ contactId }) => contactId);
    for (const cause of await plan(notifications, ids.slice(0, 3), 'bulk'))
      await notifications.reaches(cause, 'delivered');
    const [put] = await plan(notifications, ids.slice(3, 4), 'bulk');
    await isHeld(put as string, 'daily_budget');
    const [code] = await plan(notifications, ids.slice(4, 5), 'urgent');
    await notifications.reaches(code as string, 'delivered');
    const [tooMany] = await plan(notifications, ids.slice(5, 6), 'urgent');
    await isHeld(tooMany as string, 'daily_budget');
    expect(arrivals(notifications, contacts[3]?.address)).toEqual([]);
    expect(arrivals(notifications, contacts[5]?.address)).toEqual([]);
  });

  it('still writes to those who were written to today', async () => {
    const known = notifications.providers.messages({ channel: 'whatsapp' })[0]?.to as string;
    const { contactId } = notifications.contact('whatsapp', { address: known });
    const [cause] = await plan(notifications, [contactId], 'urgent');
    await notifications.reaches(cause as string, 'delivered');
  });

  it('keeps to fewer people when its provider says so, and never to more than is configured', async () => {
    const limits = notifications.service.get(Limits);
    await limits.setDailyPeople('whatsapp', 2);
    const [person] = people(notifications, 1);
    const seatOf = () => limits.seat({ channel: 'whatsapp', lane: 'urgent', category: 'authentication' } as Message);
    const refused = async () => {
      const seat = await seatOf();
      return 'permit' in seat ? seat.permit((person as { address: string }).address) : seat;
    };
    expect(await refused()).toMatchObject({ code: 'daily_budget' });
    await limits.setDailyPeople('whatsapp', 1_000);
    expect(await refused()).toMatchObject({ code: 'daily_budget' });
    expect(await refused()).not.toBeInstanceOf(Permit);
  });
});
