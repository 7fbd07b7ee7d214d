import { Log, newId, REDIS } from '@idxcoop/platform';
import type { Redis } from 'ioredis';
import { createHmac } from 'node:crypto';
import { ADDRESS, dsn } from '../../../../test/support/bounces';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import {
  createStores,
  type StartedService,
  startService,
  type TestStores,
} from '../../../../test/support/start-service';
import { NotificationsModule } from '../notifications.module';
import { ReceiveWebhookHandler } from './receive-webhook.handler';

const PHONE = '6281399988877';
const WORDS = 'rahasia dapur koperasi kami';
const NAME = 'Siti Rahma';
const SECRET = 'the secret of the bounce mailbox';

describe(ReceiveWebhookHandler.name, () => {
  const lines: string[] = [];
  const overrides = [{ provide: Log, useValue: new Log('debug', {}, { write: (line) => void lines.push(line) }) }];
  let stores: TestStores;
  let door: Awaited<ReturnType<typeof startNotifications>>;
  let worker: StartedService | undefined;

  beforeAll(async () => {
    stores = await createStores();
    door = await startNotifications({ stores, roles: ['api'], overrides, config: { mailWebhookSecret: SECRET } });
  });
  afterAll(async () => {
    await worker?.close();
    await door.close();
    await stores.drop();
  });

  const signature = (body: string, secret: string) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  function whatsapp(value: object) {
    const entry = [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', ...value } }] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signed = signature(body, door.providers.settings.whatsappAppSecret);
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signed };
    return door.service.http.post('/v1/webhooks/whatsapp').set(headers).send(body).expect(200);
  }
  function bounce(mail: string) {
    const headers = { 'content-type': 'message/rfc822', 'x-signature-256': signature(mail, SECRET) };
    return door.service.http.post('/v1/webhooks/mail').set(headers).send(mail).expect(200);
  }
  const words = (body: string, id = 'wamid.HBgNNjI4MTM5OTk4ODg3Nw') =>
    whatsapp({
      contacts: [{ profile: { name: NAME }, wa_id: PHONE }],
      messages: [{ from: PHONE, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body } }],
    });
  const inbound = () => door.collection('inbound_messages');

  /** Everything in the database, dead letters and retries included. */
  async function database(): Promise<string> {
    const { db } = door.service.mongo.connection;
    const names = (await db?.listCollections().toArray()) ?? [];
    const all = await Promise.all(names.map(async ({ name }) => db?.collection(name).find({}).toArray()));
    return JSON.stringify(all);
  }
  async function redis(): Promise<string> {
    const client = door.service.app.get<Redis>(REDIS);
    const kept: unknown[] = [];
    for (const key of await client.keys(`${stores.dbPrefix}:*`)) {
      kept.push(key);
      if ((await client.type(key)) === 'hash') kept.push(await client.hgetall(key));
    }
    return JSON.stringify(kept);
  }
  const personal = new RegExp([PHONE.slice(2), WORDS, NAME, ADDRESS, 'isi surat', 'HBgNNjI4'].join('|'));

  it('stores what comes once, encrypted, and leaves it to the jobs', async () => {
    await words(WORDS);
    await words(WORDS);
    expect(await inbound().find({}).toArray()).toEqual([
      expect.objectContaining({
        phone: expect.stringMatching(/^v1\./),
        text: expect.stringMatching(/^v1\./),
        phoneHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        dueAt: expect.any(Date),
      }),
    ]);
    await whatsapp({ statuses: [{ id: 'wamid.HBgNNjI4', status: 'read', timestamp: '1', recipient_id: PHONE }] });
    await bounce(dsn(newId()));
    expect(await door.collection('status_receipts').countDocuments({ dueAt: { $exists: true } })).toBe(2);
    expect(await redis()).toContain('-answer');
    expect(await database()).not.toMatch(personal);
    expect(await redis()).not.toMatch(personal);
  });

  it('is handled by a process that has no door, also what fails; nobody is named anywhere', async () => {
    await words(`${WORDS} lagi`, 'wamid.second');
    // A text of another key: it can never be read.
    const rows = await inbound().find({}).toArray();
    const torn = rows.at(-1)?._id ?? '';
    await inbound().updateOne({ _id: torn }, { $set: { text: 'v1.bm90IG91cnMgYXQgYWxsLCBub3QgYXQgYWxsIG91cnM' } });
    worker = await startService(NotificationsModule, {
      stores,
      roles: ['jobs', 'schedules'],
      overrides,
      config: {
        ...door.providers.settings,
        onboardingUrl: door.onboarding.url,
        publicUrl: 'https://idxcoop.example',
        mailWebhookSecret: SECRET,
      },
    });
    await eventually(async () => {
      expect(await door.collection('status_receipts').countDocuments({ dueAt: { $exists: true } })).toBe(0);
      expect(door.providers.messages({ to: PHONE })).toHaveLength(1);
      expect(lines.join('')).toContain('a job failed');
      expect(await inbound().countDocuments({ dueAt: { $exists: true } })).toBe(1);
    });
    expect(await database()).not.toMatch(personal);
    expect(await redis()).not.toMatch(personal);
    expect(lines.join('')).toContain('v1/webhooks/whatsapp');
    expect(lines.join('')).not.toMatch(personal);
  });
});
