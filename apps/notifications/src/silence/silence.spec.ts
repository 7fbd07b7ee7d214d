import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message, TemplateKey } from '../message/message.schema';
import { Messages } from '../message/messages';
import { settingsOf, type WorkflowKey } from '../workflow/workflows';
import { DigestDays } from './digest-days';
import { Silence } from './silence';

const FIGURES = { actual: 310, target: 500 };
const DETAILS = { targetKey: 'idxcoop-2020', percent: 50, reachedOn: '2026-11-24', period: 'daily', figures: FIGURES };

describe(Silence.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { quietHours: '20:00-08:00' } });
  });
  afterEach(() => notifications.service.clock.reset());
  afterAll(() => notifications.close());

  /** Plans a message as its workflow does, at the time of the clock. */
  async function plan(workflow: WorkflowKey, template: TemplateKey, recipientId: string, fields: object = {}) {
    const cause = newId();
    const { mongo, clock } = notifications.service;
    const message = {
      cause,
      template,
      channel: 'email',
      language: 'id',
      recipientKind: 'contact',
      recipientId,
      details: { ...DETAILS, asOf: '2026-11-24' },
      ...settingsOf(workflow, clock.now()),
      ...fields,
    } as Parameters<Messages['plan']>[0];
    await mongo.transaction((session) => notifications.service.get(Messages).plan(message, session));
    return cause;
  }
  const dueNow = (cause: string) =>
    notifications.messages.updateOne({ cause }, { $set: { dueAt: new Date(Date.now() - 1_000) } });
  const untilOf = ({ history }: Message) => history.at(-1)?.until?.getTime() ?? 0;

  it.each([
    ['Asia/Jakarta', '2026-11-24T13:00:00Z', '2026-11-25T01:00:00Z'],
    ['Asia/Makassar', '2026-11-24T12:00:00Z', '2026-11-25T00:00:00Z'],
    ['Asia/Jayapura', '2026-11-24T11:00:00Z', '2026-11-24T23:00:00Z'],
  ])(
    'holds news in %s from eight in the evening until eight in the morning, and sends it then',
    async (timeZone, evening, morning) => {
      notifications.service.clock.set(evening);
      const { contactId, address } = notifications.contact('email', { timeZone });
      const cause = await plan('welcome', 'welcome', contactId);
      const held = await notifications.reaches(cause, 'held');
      expect(held.code).toBe('quiet_hours');
      const late = untilOf(held) - new Date(morning).getTime();
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(5 * 60_000);
      expect(notifications.providers.messages({ to: address })).toEqual([]);
      notifications.service.clock.set(morning);
      await dueNow(cause);
      await notifications.reaches(cause, 'sent');
      expect(notifications.providers.messages({ to: address })).toHaveLength(1);
    },
  );

  it('sends in the minute before, and a code at any hour', async () => {
    notifications.service.clock.set('2026-11-24T12:59:59.999Z');
    const { contactId } = notifications.contact('email', { timeZone: 'Asia/Jakarta' });
    await notifications.reaches(await plan('welcome', 'welcome', contactId), 'sent');
    notifications.service.clock.set('2026-11-24T18:00:00Z');
    await notifications.reaches(await plan('verification', 'verification', contactId), 'sent');
  });

  it('lets an ordered digest that was held up long past its hour wait for the morning', async () => {
    notifications.service.clock.set('2026-11-24T15:00:00Z');
    const { contactId } = notifications.contact('email');
    const ordered = settingsOf('weekly_digest', new Date('2026-11-24T10:00:00Z'));
    const held = await notifications.reaches(await plan('weekly_digest', 'digest', contactId, ordered), 'held');
    expect(held.code).toBe('quiet_hours');
  });

  it('lets what is of no use in the morning expire, and nothing else', async () => {
    notifications.service.clock.set('2026-11-24T18:00:00Z');
    const { contactId } = notifications.contact('email');
    const expiresAt = new Date('2026-11-25T00:59:59Z');
    await notifications.reaches(await plan('welcome', 'welcome', contactId, { expiresAt }), 'expired');
    const justEnough = { expiresAt: new Date('2026-11-25T01:00:10Z') };
    const held = await notifications.reaches(await plan('welcome', 'welcome', contactId, justEnough), 'held');
    expect(untilOf(held)).toBeLessThanOrEqual(new Date('2026-11-25T01:00:05Z').getTime());
  });

  it.each([
    ['verification', 'authentication', null],
    ['import_confirmation', 'authentication', 'quiet_hours'],
    ['answer', 'transactional', null],
    ['weekly_digest', 'announcement', null],
    ['decision', 'transactional', 'quiet_hours'],
    ['requirement_reminders', 'transactional', 'quiet_hours'],
    ['library_suggestions', 'announcement', 'quiet_hours'],
    ['campaign', 'announcement', 'quiet_hours'],
  ] as const)('answers %s at midnight with %s: %s', async (workflow, category, code) => {
    notifications.service.clock.set('2026-11-24T17:00:00Z');
    const expiresAt = new Date('2026-12-24T17:00:00Z');
    const { lane } = settingsOf(workflow, expiresAt);
    const message = { _id: newId(), workflow, category, lane, cause: newId(), expiresAt } as Message;
    const reader = { personId: newId(), timeZone: 'Asia/Jakarta' };
    expect((await notifications.service.get(Silence).holdOf(message, reader))?.code ?? null).toBe(code);
  });

  it('gives a person one digest a day, whatever the channel, and the next one in the morning', async () => {
    notifications.service.clock.set('2026-11-24T03:00:00Z');
    const personId = newId();
    const mail = notifications.contact('email', { personId });
    const phone = notifications.contact('whatsapp', { personId });
    const first = await plan('weekly_digest', 'digest', mail.contactId);
    await notifications.reaches(first, 'sent');
    const second = await plan('weekly_digest', 'digest', phone.contactId, { channel: 'whatsapp' });
    const third = await plan('weekly_digest', 'digest', mail.contactId);
    const held = await Promise.all([second, third].map((cause) => notifications.reaches(cause, 'held')));
    expect(held.map(({ code }) => code)).toEqual(['digest_a_day', 'digest_a_day']);
    const days = held.map((message) => new Date(untilOf(message)).toISOString().slice(0, 13)).sort();
    expect(days).toEqual(['2026-11-25T01', '2026-11-26T01']);
    notifications.service.clock.set('2026-11-25T01:05:00Z');
    const [next = ''] = [second, third].filter(
      (_, index) => untilOf(held[index] as Message) < Date.parse('2026-11-26'),
    );
    await dueNow(next);
    await notifications.reaches(next, next === second ? 'delivered' : 'sent');
  });

  it('lets a digest expire whose day would come too late', async () => {
    notifications.service.clock.set('2026-11-24T03:00:00Z');
    const { contactId } = notifications.contact('email');
    await notifications.reaches(await plan('daily_digest', 'digest', contactId), 'sent');
    await notifications.reaches(await plan('daily_digest', 'digest', contactId), 'expired');
  });
});

describe(DigestDays.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api'] });
  });
  afterAll(() => notifications.close());

  it('gives each day to one cause, however many ask at once, and the same day to the same cause', async () => {
    const days = notifications.service.get(DigestDays);
    const week = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];
    const now = new Date('2026-11-24T03:00:00Z');
    const book = (cause: string) => days.book('person', cause, week, now);
    const causes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const booked = await Promise.all(causes.map(book));
    expect(booked.filter(Boolean).sort()).toEqual(week);
    expect(await Promise.all(causes.map(book))).toEqual(booked);
  });
});
