import { Mongo, newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { Consequences } from '../provider/consequences';
import { Lines } from '../provider/lines';
import { Suppressions } from '../suppression/suppressions';
import { settingsOf } from '../workflow/workflows';

describe(Consequences.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());
  afterEach(async () => {
    for (const channel of ['email', 'whatsapp'] as const) notifications.providers.misbehave(channel, { times: 0 });
    notifications.providers.setWebhookUrl(`${notifications.service.url}/v1/webhooks/whatsapp`);
    await notifications.collection('stopped_lines').deleteMany({});
  });

  /** A notice to a person with WhatsApp first and mail after it. */
  async function notice(person = { phone: notifications.contact('whatsapp'), mail: notifications.contact('email') }) {
    const cause = newId();
    const { phone, mail } = person;
    await notifications.service.get(Mongo).transaction((session) =>
      notifications.service.get(Messages).plan(
        {
          ...settingsOf('welcome', new Date()),
          ...{ cause, template: 'welcome', language: 'id', recipientKind: 'contact', details: {} },
          ...{ recipientId: phone.contactId, channel: 'whatsapp' },
          alternatives: [{ recipientId: mail.contactId, channel: 'email' }],
        },
        session,
      ),
    );
    const of = (channel: string) => notifications.messages.findOne({ cause, channel });
    const ends = (channel: string, state: string) =>
      eventually(async () => {
        const message = await of(channel);
        expect([channel, message?.state, message?.code]).toEqual([channel, state, message?.code]);
        return message as Message;
      });
    return { cause, person, of, ends, mails: () => notifications.providers.messages({ to: mail.address }) };
  }
  const reported = (id: string, report: Parameters<Consequences['reported']>[1]) =>
    notifications.service.get(Consequences).reported(id, report);
  const suppress = async (subjects: string[], scope: 'notices') =>
    void (await notifications.service.get(Suppressions).add(subjects, scope, 'stop_word'));
  const onboardingSays = (contactId: string, fields?: object) => {
    const { contacts } = notifications.onboarding;
    if (fields) contacts.set(contactId, { ...contacts.get(contactId), ...fields });
    else contacts.delete(contactId);
    return Promise.resolve();
  };
  const suppressed = (subject: string | undefined) =>
    notifications.collection('suppressions').findOne({ subject } as object);

  it('writes one mail where WhatsApp cannot reach a person, whatever is repeated', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131026 });
    const { cause, ends, mails } = await notice();
    const failed = await ends('whatsapp', 'failed');
    const mail = await ends('email', 'sent');
    expect(mail).toMatchObject({ cause, template: 'welcome', workflow: 'welcome', expiresAt: failed.expiresAt });
    expect(mail.alternatives).toBeUndefined();
    const report = { status: 'failed', at: new Date(), code: '131026', providerIdHash: failed.providerIdHash } as const;
    await reported(failed._id, report);
    await reported(failed._id, { ...report, at: new Date(0) });
    expect(mails()).toHaveLength(1);
    expect(await notifications.messages.countDocuments({ cause })).toBe(2);
    expect(await suppressed(failed.addressHash)).toMatchObject({ scope: 'all', reason: '131026' });
  });

  it('knows the next time that only mail reaches them', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131026 });
    const first = await notice();
    await first.ends('email', 'sent');
    const second = await notice(first.person);
    expect((await second.ends('whatsapp', 'suppressed')).code).toBe('address_suppressed');
    await second.ends('email', 'sent');
    expect(notifications.providers.messages({ to: first.person.phone.address })).toHaveLength(1);
  });

  it.each([
    ['opted_out', 'suppressed', (contactId: string) => suppress([contactId], 'notices')],
    ['no_consent', 'suppressed', (contactId: string) => onboardingSays(contactId, { consents: {} })],
    ['contact_gone', 'failed', (contactId: string) => onboardingSays(contactId)],
  ] as const)('writes by mail where WhatsApp ends with %s', async (code, state, happens) => {
    const phone = notifications.contact('whatsapp');
    await happens(phone.contactId);
    const { ends, of, mails } = await notice({ phone, mail: notifications.contact('email') });
    await ends('email', 'sent');
    expect(await of('whatsapp')).toMatchObject({ state, code });
    expect((await of('whatsapp'))?.leftAt).toBeUndefined();
    expect(mails()).toHaveLength(1);
  });

  it('writes nowhere to who has stopped all their channels, and says of each why', async () => {
    const [phone, mail] = [notifications.contact('whatsapp'), notifications.contact('email')];
    await suppress([phone.contactId, mail.contactId], 'notices');
    const { ends, mails } = await notice({ phone, mail });
    for (const channel of ['whatsapp', 'email']) expect((await ends(channel, 'suppressed')).code).toBe('opted_out');
    expect(mails()).toEqual([]);
  });

  it('writes to nobody else while nobody knows whether it arrived', async () => {
    notifications.providers.setWebhookUrl('http://127.0.0.1:9/');
    notifications.providers.misbehave('whatsapp', { fail: 'drop_after_accept' });
    const { ends, of } = await notice();
    await ends('whatsapp', 'unknown');
    expect(await of('email')).toBeNull();
  });

  it('takes the mail back where the first arrived after all', async () => {
    notifications.providers.misbehave('email', { fail: 'throttle', times: 20 });
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131026 });
    const { ends, of, mails } = await notice();
    const failed = await ends('whatsapp', 'failed');
    await eventually(async () => expect((await of('email'))?.refusals).toBeGreaterThan(0));
    await reported(failed._id, { status: 'delivered', at: new Date() });
    expect((await ends('email', 'suppressed')).code).toBe('no_longer_needed');
    expect((await of('whatsapp'))?.state).toBe('delivered');
    expect(mails()).toEqual([]);
  });

  it('stops announcements only where a person wants no more of them on WhatsApp', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131050 });
    const { ends } = await notice();
    const { addressHash } = await ends('whatsapp', 'failed');
    expect(await suppressed(addressHash)).toMatchObject({ scope: 'announcements', reason: '131050' });
  });

  it('stops the line for what comes later as for what is answered, and sends anew what was not delivered', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131042 });
    const { ends, of } = await notice();
    const held = await ends('whatsapp', 'held');
    expect(held).toMatchObject({ code: '131042', refusals: 1 });
    expect(await notifications.collection('stopped_lines').findOne({ _id: 'whatsapp' })).toMatchObject({
      code: '131042',
    });
    const [first] = held.abandoned ?? [];
    // Repeated and late words about the sending that failed change nothing, before and after the next one.
    const again = { status: 'failed', at: new Date(), code: '131042', providerIdHash: first } as const;
    await reported(held._id, again);
    await reported(held._id, { ...again, status: 'sent' });
    // So does what another worker took in hand before that failure was known.
    for (const status of ['sent', 'failed'] as const)
      await notifications.service.get(Messages).report(held._id, { ...again, status });
    expect(await of('whatsapp')).toMatchObject({ state: 'held', refusals: 1, dueAt: held.dueAt });
    await notifications.collection('stopped_lines').deleteMany({});
    await notifications.messages.updateOne({ _id: held._id }, { $set: { dueAt: new Date() } });
    await ends('whatsapp', 'delivered');
    await reported(held._id, again);
    expect(await of('whatsapp')).toMatchObject({ state: 'delivered', refusals: 1 });
    const facts = await notifications.collection('outbox').find({ partitionKey: held._id }).toArray();
    const types = facts.map((fact) => (fact as unknown as { type: string }).type);
    expect([...types].sort()).toEqual([...new Set(types)].sort());
    expect(await of('email')).toBeNull();
  });

  it('sends nothing anew that is named by no sending, and gives it to the next channel', async () => {
    const { ends, of } = await notice();
    const sent = await ends('whatsapp', 'delivered');
    await notifications.messages.updateOne(
      { _id: sent._id },
      { $set: { state: 'unknown' }, $unset: { sentAt: 1, deliveredAt: 1, providerIdHash: 1 } },
    );
    await reported(sent._id, { status: 'failed', at: new Date(), code: '131016' });
    expect(await of('whatsapp')).toMatchObject({ state: 'failed', code: '131016' });
    await ends('email', 'sent');
  });

  it('lets the longer of two stops stand, whichever comes first, and labels no metric with the words of a stranger', async () => {
    const lines = notifications.service.get(Lines);
    const stop = () => notifications.collection('stopped_lines').findOne({ _id: 'email/welcome' });
    await lines.stop('email/welcome', 'bounced_5.7.99.abc', 600);
    const before = await stop();
    await lines.stop('email/welcome', 'smtp_554', 60);
    expect(await stop()).toEqual(before);
    await lines.stop('email/welcome', 'smtp_554', 3600);
    expect(await stop()).toMatchObject({ code: 'smtp_554' });
    const { text } = await notifications.service.http.get('/metrics');
    expect(text).toMatch(/lines_stopped_total\{line="email\/welcome",reason="bounced_5"[^}]*\} 1/);
    expect(text).not.toContain('5.7.99');
  });

  it('fails a message of a faulty template alone, lets the others wait, and calls', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131008 });
    const { ends } = await notice();
    await ends('whatsapp', 'failed');
    await ends('email', 'sent');
    const other = await notice();
    expect((await other.ends('whatsapp', 'held')).code).toBe('line_stopped');
    const { text } = await notifications.service.http.get('/metrics');
    expect(text).toMatch(/lines_stopped_total\{line="whatsapp\/welcome",reason="131008"[^}]*\} 1/);
    expect(text).toMatch(/message_failures_total\{channel="whatsapp",template="welcome",code="131026"[^}]*\} [1-9]/);
    expect(text).toMatch(/message_arrival_seconds_count\{[^}]*template="welcome"[^}]*\} [1-9]/);
  });
});
