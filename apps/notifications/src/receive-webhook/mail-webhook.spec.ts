import { Derivation, newId } from '@idxcoop/platform';
import { createHmac } from 'node:crypto';
import { ADDRESS, complaint, dsn } from '../../../../test/support/bounces';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message } from '../message/message.schema';
import { MailWebhookController } from './mail-webhook.controller';
import { settingsOf } from '../workflow/workflows';

const SECRET = 'the secret of the bounce mailbox';
describe(MailWebhookController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { mailWebhookSecret: SECRET } });
  });
  afterAll(() => notifications.close());

  const signatureOf = (mail: string) => `sha256=${createHmac('sha256', SECRET).update(mail).digest('hex')}`;
  const post = (mail: string, signature = signatureOf(mail), type = 'message/rfc822') =>
    notifications.service.http
      .post('/v1/webhooks/mail')
      .set({ 'content-type': type, 'x-signature-256': signature })
      .send(mail);
  const read = (id: string) => notifications.messages.findOne({ _id: id }) as Promise<Message>;
  const receipts = () => notifications.collection('status_receipts');
  async function settled(...mails: string[]): Promise<void> {
    for (const mail of mails) await post(mail).expect(200);
    await eventually(async () => expect(await receipts().countDocuments({ dueAt: { $exists: true } })).toBe(0));
  }
  const suppressedBy = async ({ addressHash }: Message) =>
    (await notifications
      .collection('suppressions')
      .find({ subject: addressHash } as object)
      .toArray()) as unknown as { scope: string; reason: string }[];

  /** A mail of ours as it is after it left. */
  async function mail(state: string): Promise<string> {
    const _id = newId();
    const now = new Date();
    await notifications.collection('messages').insertOne({
      _id,
      sequence: 0,
      cause: newId(),
      template: 'welcome',
      channel: 'email',
      language: 'id',
      recipientKind: 'contact',
      recipientId: newId(),
      addressHash: notifications.service.get(Derivation).hash('address', `${_id}@majubersama.example`),
      details: {},
      state,
      history: [],
      attempt: 1,
      refusals: 0,
      plannedAt: now,
      ...(state === 'sent' && { sentAt: now }),
      ...settingsOf('welcome', now),
    } as { _id: string });
    return _id;
  }

  it('fails a mail that came back, and never writes to an address that does not exist again', async () => {
    const id = await mail('sent');
    await settled(dsn(id));
    const message = await read(id);
    expect(message).toMatchObject({ state: 'failed', failureCode: 'bounced_5.1.1' });
    expect(await suppressedBy(message)).toEqual([expect.objectContaining({ scope: 'all', reason: 'bounced_5.1.1' })]);
    const rows = await suppressedBy(message);
    await settled(dsn(id), dsn(id));
    expect(await read(id)).toEqual(message);
    expect(await suppressedBy(message)).toEqual(rows);
  });

  it.each([
    ['a full mailbox', { status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 mailbox full' }, 'bounced_5.2.2'],
    ['our own policy fault', { status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 not allowed' }, 'bounced_5.7.1'],
    ['a server that was away for days', { status: '4.4.7', diagnostic: 'smtp; 451 later' }, 'bounced_4.4.7'],
  ])('fails a mail for %s without suppressing the address', async (_name, bounce, code) => {
    const id = await mail('sent');
    await settled(dsn(id, bounce));
    const message = await read(id);
    expect(message).toMatchObject({ state: 'failed', failureCode: code });
    expect(await suppressedBy(message)).toEqual([]);
  });

  it('says nothing of a mail that is only late', async () => {
    const id = await mail('sent');
    const before = await read(id);
    await settled(dsn(id, { action: 'delayed', status: '4.4.1' }));
    expect(await read(id)).toEqual(before);
  });

  it.each([
    ['delivered', 'delivered'],
    ['relayed', 'sent'],
    ['failed', 'failed'],
  ])('settles what is unknown: %s is %s', async (action, state) => {
    const id = await mail('unknown');
    await settled(dsn(id, { action, ...(action !== 'failed' && { status: '2.0.0' }) }));
    expect((await read(id)).state).toBe(state);
  });

  it('ends the same in whichever order notices come, and suppresses nobody who was reached', async () => {
    const one = await mail('sent');
    await settled(dsn(one, { action: 'delivered', status: '2.0.0' }), dsn(one));
    const other = await mail('sent');
    await settled(dsn(other), dsn(other, { action: 'delivered', status: '2.0.0' }));
    for (const id of [one, other]) expect((await read(id)).state).toBe('delivered');
    expect(await suppressedBy(await read(one))).toEqual([]);
  });

  it('writes nothing any more that was not asked for to who complains', async () => {
    const id = await mail('unknown');
    await settled(complaint(id), complaint(id));
    const message = await read(id);
    expect(message.state).toBe('delivered');
    expect(await suppressedBy(message)).toEqual([expect.objectContaining({ scope: 'notices', reason: 'complaint' })]);
  });

  it('takes no other feedback for a complaint', async () => {
    const id = await mail('sent');
    await settled(complaint(id, 'not-spam'), complaint(id, 'auth-failure'));
    expect(await suppressedBy(await read(id))).toEqual([]);
  });

  it('believes nothing without a signature over the very bytes', async () => {
    const id = await mail('sent');
    await post(dsn(id), 'sha256=00').expect(401);
    await post(`${dsn(id)} `, signatureOf(dsn(id))).expect(401);
    await post(dsn(id), signatureOf(dsn(id)), 'text/plain').expect(415);
    const large = dsn(id) + 'x'.repeat(1024 * 1024);
    await post(large).expect(413);
    expect((await read(id)).state).toBe('sent');
  });

  it('keeps nothing of the mail itself, and of a mail that is no report nothing at all', async () => {
    const before = await receipts().countDocuments({});
    await settled(
      `From: ${ADDRESS}\nSubject: Re: Kode\nIn-Reply-To: <${newId()}@idxcoop.example>\n\nSaya sedang cuti.`,
    );
    expect(await receipts().countDocuments({})).toBe(before);
    await settled(dsn(await mail('sent')));
    expect(JSON.stringify(await receipts().find({}).toArray())).not.toMatch(/siti|isi surat|Kode/);
  });

  it('does nothing to a message of another channel that a mail names', async () => {
    const { cause } = await notifications.requestVerification('whatsapp');
    const { _id } = await notifications.reaches(cause, 'delivered');
    await settled(complaint(_id));
    expect(await suppressedBy(await read(_id))).toEqual([]);
  });
});
