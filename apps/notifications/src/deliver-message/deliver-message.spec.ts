import { MessageDeliveredV1, MessageFailedV1, MessageSentV1 } from '@idxcoop/contracts';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications, verificationRequested } from '../../../../test/support/notifications';
import { DeliverMessageJob } from './deliver-message.job';

const NOWHERE = 'http://127.0.0.1:9/v1/webhooks/whatsapp';
const past = () => new Date(Date.now() - 1_000);

describe(DeliverMessageJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  const webhook = () => `${notifications.service.url}/v1/webhooks/whatsapp`;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());
  afterEach(async () => {
    Object.assign(notifications.onboarding, { away: false, meanwhile: undefined });
    for (const channel of ['email', 'whatsapp'] as const) notifications.providers.misbehave(channel, { times: 0 });
    notifications.providers.setWebhookUrl(webhook());
    await notifications.collection('stopped_lines').deleteMany({});
  });

  /** A message that waits because onboarding is away: nobody holds it, and its next attempt is a moment off. */
  async function waiting(channel: 'email' | 'whatsapp') {
    notifications.onboarding.away = true;
    const planned = await notifications.requestVerification(channel);
    await eventually(async () => {
      const message = await notifications.messages.findOne({ cause: planned.cause });
      expect(message).toMatchObject({ state: 'planned', code: 'service_unavailable' });
    });
    return planned;
  }

  const factsOf = async (messageId: string) => {
    const rows = await notifications.collection('outbox').find({ partitionKey: messageId }).toArray();
    return rows as unknown as { type: string; sequence: number; body: string }[];
  };

  it('leaves a WhatsApp message unknown when the line breaks after it was taken, and lets the webhook settle it', async () => {
    notifications.providers.setWebhookUrl(NOWHERE);
    notifications.providers.misbehave('whatsapp', { fail: 'drop_after_accept' });
    const { cause, address } = await notifications.requestVerification('whatsapp');
    await notifications.reaches(cause, 'unknown');
    notifications.providers.setWebhookUrl(webhook());
    const { history } = await notifications.reaches(cause, 'delivered');
    expect(history.map(({ state }) => state)).toEqual(['planned', 'sending', 'unknown', 'sent', 'delivered']);
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves a mail unknown when the line breaks after DATA, and does not send it again', async () => {
    notifications.providers.misbehave('email', { fail: 'drop_after_accept' });
    const { cause, address } = await notifications.requestVerification('email');
    const message = await notifications.reaches(cause, 'unknown');
    await notifications.service.get(DeliverMessageJob).process({ messageId: message._id });
    expect((await notifications.messages.findOne({ cause }))?.state).toBe('unknown');
    expect(message.dueAt).toBeUndefined();
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it.each(['email', 'whatsapp'] as const)(
    'delivers %s once after its holder died between claim and sending',
    async (channel) => {
      const { cause, address } = await waiting(channel);
      await notifications.messages.updateOne(
        { cause },
        { $set: { state: 'planned', lease: 'of the dead', dueAt: past() } },
      );
      notifications.onboarding.away = false;
      await notifications.reaches(cause, channel === 'email' ? 'sent' : 'delivered');
      expect(notifications.providers.messages({ to: address })).toHaveLength(1);
    },
  );

  it('does not send again what was in sending when its holder died', async () => {
    const { cause, address } = await waiting('email');
    await notifications.messages.updateOne(
      { cause },
      { $set: { state: 'sending', lease: 'of the dead', dueAt: past() } },
    );
    notifications.onboarding.away = false;
    expect((await notifications.reaches(cause, 'unknown')).code).toBe('holder_lost');
    expect(notifications.providers.messages({ to: address })).toEqual([]);
  });

  it('sends once, however many workers are woken for it', async () => {
    const { cause, address } = await waiting('email');
    const message = await notifications.messages.findOne({ cause });
    await notifications.messages.updateOne({ cause }, { $set: { dueAt: past() } });
    notifications.onboarding.away = false;
    const job = notifications.service.get(DeliverMessageJob);
    await Promise.all(Array.from({ length: 10 }, () => job.process({ messageId: message?._id as string })));
    await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('leaves alone what another holds, and what is not due yet', async () => {
    const { cause, address } = await waiting('email');
    const job = notifications.service.get(DeliverMessageJob);
    const later = new Date(Date.now() + 60_000);
    for (const state of ['held', 'planned']) {
      await notifications.messages.updateOne(
        { cause },
        { $set: { state, lease: 'of another', dueAt: later, attempt: 5 } },
      );
      const message = await notifications.messages.findOne({ cause });
      await job.process({ messageId: message?._id as string });
      expect(await notifications.messages.findOne({ cause })).toMatchObject({ state, lease: 'of another', attempt: 5 });
    }
    expect(notifications.providers.messages({ to: address })).toEqual([]);
  });

  it.each(['email', 'whatsapp'] as const)(
    'sends no %s whose lease went to another while it was written',
    async (channel) => {
      const { cause, address } = await waiting(channel);
      const taken = { state: 'planned', lease: 'of another', dueAt: new Date(Date.now() + 60_000) };
      await notifications.messages.updateOne({ cause }, { $set: { dueAt: past() } });
      notifications.onboarding.meanwhile = async () => {
        await notifications.messages.updateOne({ cause }, { $set: taken });
      };
      notifications.onboarding.away = false;
      const message = await notifications.messages.findOne({ cause });
      await notifications.service.get(DeliverMessageJob).process({ messageId: message?._id as string });
      await eventually(async () => expect(await notifications.messages.findOne({ cause })).toMatchObject(taken));
      expect(notifications.providers.messages({ to: address })).toEqual([]);
    },
  );

  it.each([
    ['email', 'throttle', 'smtp_451'],
    ['email', 'down', 'smtp_421'],
    ['whatsapp', 'throttle', '130429'],
    ['whatsapp', 'down', '131016'],
  ] as const)('waits when %s answers %s, then delivers once', async (channel, fail, code) => {
    notifications.providers.misbehave(channel, { fail, times: 2 });
    const { cause, address } = await notifications.requestVerification(channel);
    const message = await notifications.reaches(cause, channel === 'email' ? 'sent' : 'delivered');
    expect(message.history.filter((step) => step.state === 'planned' && step.code === code)).toHaveLength(2);
    expect(message).toMatchObject({ attempt: 3, refusals: 2 });
    expect(message.code ?? null).toBeNull();
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('fails with its last code after so many refusals', async () => {
    const { cause } = await waiting('whatsapp');
    await notifications.messages.updateOne({ cause }, { $set: { refusals: 7 } });
    notifications.providers.misbehave('whatsapp', { fail: 'throttle', times: 5 });
    notifications.onboarding.away = false;
    expect((await notifications.reaches(cause, 'failed')).code).toBe('130429');
  });

  it('fails a message that Meta cannot deliver, and says so once', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131026 });
    const { cause } = await notifications.requestVerification('whatsapp');
    const message = await notifications.reaches(cause, 'failed');
    expect(message.code).toBe('131026');
    const facts = await factsOf(message._id);
    expect(facts.map(({ type }) => type).sort()).toEqual([MessageFailedV1.event, MessageSentV1.event].sort());
    expect(JSON.parse(facts.find(({ type }) => type === MessageFailedV1.event)?.body ?? '{}').data).toMatchObject({
      messageId: message._id,
      causeId: cause,
      channel: 'whatsapp',
      template: 'verification',
      code: '131026',
    });
  });

  it('tells that a message was sent and delivered, in its own sequence and once each', async () => {
    const { cause } = await notifications.requestVerification('whatsapp');
    const message = await notifications.reaches(cause, 'delivered');
    const facts = (await factsOf(message._id)).sort((a, b) => a.sequence - b.sequence);
    expect(facts.map(({ type, sequence }) => [type, sequence])).toEqual([
      [MessageSentV1.event, 1],
      [MessageDeliveredV1.event, 2],
    ]);
  });

  it('stops a template that Meta refuses, keeps what waits, and goes on afterwards', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 132001 });
    const first = await notifications.requestVerification('whatsapp');
    await eventually(async () => {
      expect(await notifications.messages.findOne({ cause: first.cause })).toMatchObject({
        state: 'held',
        code: '132001',
      });
    });
    const second = await notifications.requestVerification('whatsapp');
    await eventually(async () => {
      expect(await notifications.messages.findOne({ cause: second.cause })).toMatchObject({
        state: 'held',
        code: 'line_stopped',
      });
    });
    const mail = await notifications.requestVerification('email');
    await notifications.reaches(mail.cause, 'sent');
    expect(notifications.providers.messages({ to: first.address })).toEqual([]);
    await notifications.collection('stopped_lines').deleteMany({});
    for (const { cause, address } of [first, second]) {
      await notifications.messages.updateOne({ cause }, { $set: { dueAt: past() } });
      await notifications.reaches(cause, 'delivered');
      expect(notifications.providers.messages({ to: address })).toHaveLength(1);
    }
  });

  it('never writes again to an address that its server does not know', async () => {
    notifications.providers.misbehave('email', { fail: 'code', code: 550 });
    const { cause, contactId, address } = await notifications.requestVerification('email');
    expect((await notifications.reaches(cause, 'failed')).code).toBe('smtp_550');
    const again = await notifications.publish(verificationRequested(contactId, 'email', 2));
    expect((await notifications.reaches(again, 'suppressed')).code).toBe('address_suppressed');
    expect(notifications.providers.messages({ to: address })).toEqual([]);
  });

  it.each([
    ['whatsapp', { consents: { service: false, announcements: true } }, 'suppressed', 'no_consent'],
    ['email', { consents: { service: false, announcements: false } }, 'sent', null],
    ['whatsapp', { expired: true }, 'expired', 'expired'],
    ['whatsapp', { code: undefined }, 'failed', 'variables_missing'],
    ['email', { channel: 'whatsapp' }, 'failed', 'contact_gone'],
  ] as const)('ends %s with %j as %s %s', async (channel, fields, state, code) => {
    const { cause, address } = await notifications.requestVerification(channel, fields);
    expect((await notifications.reaches(cause, state)).code ?? null).toBe(code);
    expect(notifications.providers.messages({ to: address })).toHaveLength(state === 'sent' ? 1 : 0);
  });

  it('gives up what is of no use any more', async () => {
    const { cause, address } = await waiting('email');
    await notifications.messages.updateOne({ cause }, { $set: { expiresAt: past() } });
    expect((await notifications.reaches(cause, 'expired')).code).toBe('expired');
    expect(notifications.providers.messages({ to: address })).toEqual([]);
  });

  it('delivers once when onboarding comes back', async () => {
    const { cause, address } = await waiting('whatsapp');
    notifications.onboarding.away = false;
    await notifications.reaches(cause, 'delivered');
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });

  it('stays ready while providers are down, and counts what became of messages', async () => {
    notifications.providers.misbehave('email', { fail: 'down', times: 1 });
    const { cause } = await notifications.requestVerification('email');
    await notifications.service.http.get('/health/ready').expect(200);
    await notifications.reaches(cause, 'sent');
    const { text } = await notifications.service.http.get('/metrics');
    expect(text).toMatch(/idxcoop_messages_total\{channel="email",template="verification",state="sent"[^}]*\} [1-9]/);
    expect(text).toMatch(/idxcoop_message_delivery_seconds_count\{[^}]*channel="email"[^}]*\} [1-9]/);
  });
});
