import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message } from '../message/message.schema';
import { settingsOf } from '../workflow/workflows';
import { changesOf } from '../receive-webhook/json';
import { readStatuses } from './read-statuses';
import { SettleStatusJob } from './settle-status.job';

const ROUTE = '/v1/webhooks/whatsapp';

describe(SettleStatusJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());

  const signed = (body: string) => {
    const secret = notifications.providers.settings.whatsappAppSecret;
    return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  };
  const post = (body: string, signature?: string) => {
    const request = notifications.service.http.post(ROUTE).set('content-type', 'application/json');
    return (signature ? request.set('x-hub-signature-256', signature) : request).send(body);
  };
  const told = (statuses: object[]) => {
    const value = { messaging_product: 'whatsapp', metadata: {}, statuses };
    return JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
    });
  };
  const status = (name: string, seconds: number, message: string, fields: object = {}) => ({
    id: `wamid.${message}`,
    status: name,
    timestamp: String(1_700_000_000 + seconds),
    recipient_id: '6281234567890',
    biz_opaque_callback_data: message,
    ...(name === 'failed' && { errors: [{ code: 131026, title: 'Message undeliverable' }] }),
    ...fields,
  });

  /** A message as it is when the line broke after the bytes left. */
  async function unknown(): Promise<string> {
    const id = newId();
    const at = new Date();
    await notifications.collection('messages').insertOne({
      _id: id,
      sequence: 0,
      cause: newId(),
      template: 'verification',
      channel: 'whatsapp',
      language: 'id',
      recipientKind: 'contact',
      recipientId: newId(),
      details: {},
      state: 'unknown',
      history: [],
      attempt: 1,
      refusals: 0,
      plannedAt: at,
      ...settingsOf('verification', at),
    } as { _id: string });
    return id;
  }
  const read = (id: string) => notifications.messages.findOne({ _id: id }) as Promise<Message>;
  const settled = () =>
    eventually(async () => {
      const receipts = notifications.collection('status_receipts');
      expect(await receipts.countDocuments({ dueAt: { $exists: true } })).toBe(0);
    });

  it('gives the challenge back as plain text to who knows the token', async () => {
    const token = notifications.providers.settings.whatsappVerifyToken;
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' };
    const answer = await notifications.service.http.get(ROUTE).query(query).expect(200);
    expect(answer.text).toBe('1158201444');
    expect(answer.headers['content-type']).toContain('text/plain');
    await notifications.service.http
      .get(ROUTE)
      .query({ ...query, 'hub.verify_token': 'other' })
      .expect(403);
    await notifications.service.http
      .get(ROUTE)
      .query({ ...query, 'hub.mode': 'x' })
      .expect(403);
    await notifications.service.http.get(ROUTE).expect(403);
  });

  it('believes nothing without a signature over the very bytes', async () => {
    const id = await unknown();
    const body = told([status('delivered', 0, id)]);
    await post(body).expect(401);
    await post(body, 'sha256=00').expect(401);
    await post(`${body} `, signed(body)).expect(401);
    expect((await read(id)).state).toBe('unknown');
    await post(body, signed(body)).expect(200);
    await eventually(async () => expect((await read(id)).state).toBe('delivered'));
  });

  it('answers 200 to what it does not know, so that it is not repeated for a week', async () => {
    for (const body of [
      told([status('played', 0, newId()), status('sent', 0, newId()), status('sent', 0, 'not an id of ours')]),
      JSON.stringify({ object: 'x', entry: [{ changes: [{ field: 'account_alerts', value: {} }] }, null, 3] }),
      JSON.stringify({ entry: 'nothing' }),
    ]) {
      await post(body, signed(body)).expect(200);
    }
    await post('[', signed('[')).expect(400);
    await settled();
  });

  it('takes a call as large as Meta makes them, three megabytes, and none that is larger', async () => {
    const id = await unknown();
    const padded = (bytes: number) => {
      const call = (noise: number) => told([status('delivered', 0, id, { noise: 'x'.repeat(noise) })]);
      return call(bytes - call(0).length);
    };
    const largest = padded(3 * 1024 * 1024);
    await post(largest, signed(largest)).expect(200);
    await eventually(async () => expect((await read(id)).state).toBe('delivered'));
    const larger = padded(3 * 1024 * 1024 + 1);
    await post(larger, signed(larger)).expect(413);
  });

  it('finds a message by the hash of its provider id where our own did not come back', async () => {
    const { cause } = await notifications.requestVerification('whatsapp');
    const message = await notifications.reaches(cause, 'delivered');
    const [sent] = notifications.providers.messages().slice(-1);
    const body = told([
      { ...status('read', 3, 'x'), id: sent?.providerMessageId, biz_opaque_callback_data: undefined },
    ]);
    await post(body, signed(body)).expect(200);
    await eventually(async () => expect((await read(message._id)).state).toBe('read'));
  });

  it('ends the same for any order and repetition of reports, and tells each fact once', async () => {
    const names = fc.array(fc.constantFrom('sent', 'delivered', 'read', 'failed'), { minLength: 1, maxLength: 6 });
    const run = async (reports: [string, number][]) => {
      const id = await unknown();
      await Promise.all(
        reports.map(([name, seconds]) => {
          const body = told([status(name, seconds, id)]);
          return post(body, signed(body)).expect(200);
        }),
      );
      await settled();
      const { state, code, sentAt, deliveredAt, readAt, failedAt } = await read(id);
      const facts = (await notifications.collection('outbox').find({ partitionKey: id }).toArray()) as unknown as {
        type: string;
      }[];
      expect(new Set(facts.map(({ type }) => type)).size).toBe(facts.length);
      return { state, code, sentAt, deliveredAt, readAt, failedAt };
    };
    await fc.assert(
      fc.asyncProperty(names, async (list) => {
        const reports = list.map((name, index) => [name, index] as [string, number]);
        expect(await run([...reports, ...reports].reverse())).toEqual(await run(reports));
      }),
      { numRuns: 12 },
    );
  });

  it('handles a receipt whose wake-up was lost, and a second handling changes nothing', async () => {
    const id = await unknown();
    const receiptId = newId();
    const statuses = [{ deliveryId: id, status: 'delivered', at: new Date() }];
    const receipt = { _id: receiptId, statuses, receivedAt: new Date(), forgetAt: new Date(Date.now() + 60_000) };
    await notifications.collection('status_receipts').insertOne({ ...receipt, dueAt: new Date() } as { _id: string });
    await eventually(async () => expect((await read(id)).state).toBe('delivered'));
    const before = await read(id);
    await settled();
    await notifications.collection('status_receipts').updateOne({ _id: receiptId }, { $set: { dueAt: new Date() } });
    await settled();
    expect(await read(id)).toEqual(before);
  });
});

describe(readStatuses.name, () => {
  const hash = (id: string) => `hash of ${id.length}`;

  it('takes no phone number, name or text of anybody', () => {
    const contacts = [{ profile: { name: 'Siti' }, wa_id: '6281234567890' }];
    const messages = [{ from: '6281234567890', text: { body: 'BERHENTI' }, id: 'wamid.SECRET', timestamp: '1' }];
    const statuses = [
      {
        id: 'wamid.SECRET',
        status: 'failed',
        timestamp: '1700000000',
        recipient_id: '6281234567890',
        errors: [{ code: 131026, error_data: { details: '6281234567890' } }],
        biz_opaque_callback_data: 'ours',
      },
    ];
    const value = { contacts, messages, statuses };
    const read = readStatuses(changesOf({ entry: [{ changes: [{ field: 'messages', value }] }] }), hash);
    expect(read).toEqual([
      {
        status: 'failed',
        at: new Date(1_700_000_000_000),
        deliveryId: 'ours',
        providerIdHash: 'hash of 12',
        code: '131026',
      },
    ]);
  });

  it('reads nothing from whatever is no webhook call', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(readStatuses(changesOf(body), hash)).toEqual([]);
      }),
    );
  });
});
