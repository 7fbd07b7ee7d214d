import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import type { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { type Progress, settle, type StatusReport } from '../message/progress';
import { settingsOf } from '../workflow/workflows';
import { changesOf } from '../receive-webhook/json';
import { readStatuses } from './read-statuses';
import { SettleStatusJob } from './settle-status.job';

const ROUTE = '/v1/webhooks/whatsapp';

const hash = (id: string) => `hash of ${id.length}`;

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
  const callOf = (statuses: object[]) => {
    const value = { messaging_product: 'whatsapp', metadata: {}, statuses };
    return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
  };
  const toldIn = (statuses: object[]) => JSON.stringify(callOf(statuses));
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
    const body = toldIn([status('delivered', 0, id)]);
    await post(body).expect(401);
    await post(body, 'sha256=00').expect(401);
    await post(`${body} `, signed(body)).expect(401);
    expect((await read(id)).state).toBe('unknown');
    await post(body, signed(body)).expect(200);
    await eventually(async () => expect((await read(id)).state).toBe('delivered'));
  });

  it('answers 200 to what it does not know, so that it is not repeated for a week', async () => {
    for (const body of [
      toldIn([status('played', 0, newId()), status('sent', 0, newId()), status('sent', 0, 'not an id of ours')]),
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
      const call = (noise: number) => toldIn([status('delivered', 0, id, { noise: 'x'.repeat(noise) })]);
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
    const body = toldIn([
      { ...status('read', 3, 'x'), id: sent?.providerMessageId, biz_opaque_callback_data: undefined },
    ]);
    await post(body, signed(body)).expect(200);
    await eventually(async () => expect((await read(message._id)).state).toBe('read'));
  });

  it('ends the same for any order, repetition and gathering of reports, though a worker dies between two of a call', async () => {
    const reports = fc.array(fc.constantFrom('sent', 'delivered', 'read', 'failed'), { minLength: 1, maxLength: 5 });
    const told = reports.chain((names) => {
      const once = names.map((name, seconds) => ({ name, seconds }));
      const all = { minLength: once.length * 2, maxLength: once.length * 2 };
      return fc.record({ once: fc.constant(once), order: fc.shuffledSubarray([...once, ...once], all) });
    });
    const manner = { perCall: fc.integer({ min: 1, max: 4 }), diedAfter: fc.nat(4) };
    await fc.assert(
      fc.asyncProperty(fc.record({ told, ...manner }), async ({ told: { once, order }, perCall, diedAfter }) => {
        const id = await unknown();
        const calls = Array.from({ length: Math.ceil(order.length / perCall) }, (_, index) =>
          order.slice(index * perCall, (index + 1) * perCall).map(({ name, seconds }) => status(name, seconds, id)),
        );
        // What a worker had taken in of the first call when it was killed; the call is still due.
        for (const { status: name, at, code } of readStatuses(changesOf(callOf(calls[0] ?? [])), hash).slice(
          0,
          diedAfter,
        )) {
          await notifications.service.get(Messages).report(id, { status: name as 'sent', at, code });
        }
        await Promise.all(calls.map((call) => post(toldIn(call), signed(toldIn(call))).expect(200)));
        await settled();
        const expected = readStatuses(
          changesOf(callOf(once.map(({ name, seconds }) => status(name, seconds, id)))),
          hash,
        ).reduce<Progress>((progress, report) => settle(progress, report as StatusReport), { state: 'unknown' });
        expect(await read(id)).toMatchObject(expected);
        const facts = await notifications.collection('outbox').find({ partitionKey: id }).toArray();
        const types = facts.map((fact) => (fact as unknown as { type: string }).type);
        expect(new Set(types).size).toBe(types.length);
      }),
      { numRuns: 25 },
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

  it('leaves what may be tried again until it is known that the message was taken', async () => {
    const id = await unknown();
    const providerIdHash = newId();
    await notifications.messages.updateOne({ _id: id }, { $set: { state: 'sending' } });
    const receiptId = newId();
    const receipts = notifications.collection('status_receipts');
    const statuses = [{ deliveryId: id, status: 'failed', at: new Date(), code: '131016', providerIdHash }];
    const receipt = { _id: receiptId, statuses, receivedAt: new Date(), forgetAt: new Date(Date.now() + 60_000) };
    await receipts.insertOne({ ...receipt, dueAt: new Date() } as { _id: string });
    await notifications.service.get(SettleStatusJob).process();
    expect((await read(id)).state).toBe('sending');
    expect(await receipts.findOne({ _id: receiptId })).toMatchObject({ dueAt: expect.any(Date) });
    // The first report that it was taken says under which name, whether it is ours or the provider's.
    const taken = { status: 'sent', at: new Date(), providerIdHash } as const;
    await notifications.service.get(Messages).report(id, taken);
    await receipts.updateOne({ _id: receiptId }, { $unset: { lease: 1 } } as object);
    await notifications.service.get(SettleStatusJob).process();
    expect(await read(id)).toMatchObject({ state: 'held', code: '131016', abandoned: [providerIdHash] });
    await settled();
  });
});

describe(readStatuses.name, () => {
  it('takes no phone number, name or text of anybody', () => {
    const id = newId();
    const contacts = [{ profile: { name: 'Siti' }, wa_id: '6281234567890' }];
    const messages = [{ from: '6281234567890', text: { body: 'BERHENTI' }, id: 'wamid.SECRET', timestamp: '1' }];
    const statuses = [
      {
        id: 'wamid.SECRET',
        status: 'failed',
        timestamp: '1700000000',
        recipient_id: '6281234567890',
        errors: [{ code: 131026, error_data: { details: '6281234567890' } }],
        biz_opaque_callback_data: id,
      },
      { status: 'sent', timestamp: '1700000000', biz_opaque_callback_data: '6281234567890' },
    ];
    const value = { contacts, messages, statuses };
    const read = readStatuses(changesOf({ entry: [{ changes: [{ field: 'messages', value }] }] }), hash);
    expect(read).toEqual([
      {
        status: 'failed',
        at: new Date(1_700_000_000_000),
        deliveryId: id,
        providerIdHash: 'hash of 12',
        code: '131026',
      },
      { status: 'sent', at: new Date(1_700_000_000_000) },
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
