import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startCatcher } from '../../scripts/catcher/index.mjs';

type Catcher = Awaited<ReturnType<typeof startCatcher>>;
interface Told {
  body: string;
  signature: string | undefined;
}

describe(startCatcher.name, () => {
  let catcher: Catcher;
  const stops: (() => Promise<unknown> | unknown)[] = [];

  beforeEach(async () => {
    catcher = await startCatcher();
    stops.push(() => catcher.stop());
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  function mail(fields: object = {}) {
    const transport = createTransport(catcher.env.SMTP_URL);
    return transport.sendMail({
      from: 'IDXCOOP <no-reply@idxcoop.example>',
      to: 'siti@majubersama.example',
      subject: 'Kode',
      text: 'halo',
      html: '<p>halo</p>',
      messageId: '<0199aaaa@idxcoop.example>',
      headers: { 'X-Template': 'verification', 'X-Cause-Id': 'cause-1', 'Content-Language': 'id' },
      ...fields,
    });
  }

  function template(fields: object = {}, token = catcher.env.WHATSAPP_TOKEN) {
    return fetch(`${catcher.env.WHATSAPP_API_URL}/${catcher.env.WHATSAPP_PHONE_NUMBER_ID}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-cause-id': 'cause-2' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        to: '6281234567890',
        type: 'template',
        biz_opaque_callback_data: 'delivery-1',
        template: {
          name: 'verification_code',
          language: { code: 'id' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: '123456' }] }],
        },
        ...fields,
      }),
    });
  }

  const order = (channel: string, body: object) =>
    fetch(`${catcher.url}/dev/providers/${channel}`, { method: 'POST', body: JSON.stringify(body) });

  const dev = async (query = '') => {
    const answer = await fetch(`${catcher.url}/dev/messages${query}`);
    return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
  };

  async function webhook(answers: number[] = []): Promise<{ told: Told[]; until: (count: number) => Promise<void> }> {
    const told: Told[] = [];
    const waiting: { count: number; go: () => void }[] = [];
    const server: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        told.push({ body, signature: request.headers['x-hub-signature-256'] as string });
        response.writeHead(answers.shift() ?? 200).end();
        for (const { count, go } of waiting) if (told.length >= count) go();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close());
    catcher.setWebhookUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    const until = (count: number) =>
      new Promise<void>((go) => {
        if (told.length >= count) go();
        else waiting.push({ count, go });
      });
    return { told, until };
  }

  const statusOf = ({ body }: Told) => JSON.parse(body).entry[0].changes[0].value.statuses[0];

  it('keeps a mail with what names its delivery, cause, template and language', async () => {
    await mail();
    const [item] = await dev('?channel=email&to=SITI@majubersama.example');
    expect(item).toMatchObject({
      channel: 'email',
      to: 'siti@majubersama.example',
      template: 'verification',
      language: 'id',
      subject: 'Kode',
      deliveryId: '0199aaaa',
      causeId: 'cause-1',
    });
    expect(Object.keys(item as object)).toEqual(
      expect.arrayContaining(['text', 'html', 'headers', 'providerMessageId', 'at']),
    );
  });

  it('answers a template message as the Cloud API does and keeps it', async () => {
    const answer = (await (await template()).json()) as { messages: { id: string; message_status: string }[] };
    expect(answer).toMatchObject({
      messaging_product: 'whatsapp',
      contacts: [{ input: '6281234567890', wa_id: '6281234567890' }],
    });
    expect(answer.messages[0]).toMatchObject({
      id: expect.stringMatching(/^wamid\.[\w+/=]+$/),
      message_status: 'accepted',
    });
    const [item] = await dev('?to=0812-3456-7890');
    expect(item).toMatchObject({
      channel: 'whatsapp',
      to: '+6281234567890',
      template: 'verification_code',
      language: 'id',
      text: 'verification_code: 123456',
      providerMessageId: answer.messages[0]?.id,
      deliveryId: 'delivery-1',
      causeId: 'cause-2',
    });
    expect(JSON.stringify(item)).not.toContain(catcher.env.WHATSAPP_TOKEN);
  });

  it('refuses a wrong token, a wrong number and a malformed message in the words of Meta', async () => {
    const codes = await Promise.all(
      [template({}, 'other'), template({ to: 'x' }), template({ template: {} })].map(async (sent) => {
        const answer = await sent;
        return [answer.status, ((await answer.json()) as { error: { code: number } }).error.code];
      }),
    );
    expect(codes).toEqual([
      [401, 190],
      [400, 100],
      [400, 131008],
    ]);
    expect(await dev()).toEqual([]);
  });

  it('tells sent and delivered, signed over the raw body, and repeats what was not taken', async () => {
    const { told, until } = await webhook([500]);
    await template();
    await until(3);
    expect(told.map(statusOf).map(({ status }) => status)).toEqual(['sent', 'sent', 'delivered']);
    expect(statusOf(told[2] as Told)).toMatchObject({
      recipient_id: '6281234567890',
      biz_opaque_callback_data: 'delivery-1',
    });
    for (const { body, signature } of told) {
      const digest = createHmac('sha256', catcher.env.WHATSAPP_APP_SECRET as string)
        .update(body)
        .digest('hex');
      expect(signature).toBe(`sha256=${digest}`);
    }
  });

  it('accepts a message to a number without WhatsApp and fails it by status', async () => {
    const { told, until } = await webhook();
    await order('whatsapp', { fail: 'code', code: 131026 });
    expect((await template()).status).toBe(200);
    await until(1);
    expect(statusOf(told[0] as Told)).toMatchObject({ status: 'failed', errors: [{ code: 131026 }] });
  });

  it('throttles, goes down and refuses by code as often as ordered, keeping nothing meanwhile', async () => {
    const statuses = async (body: object) => {
      await order('whatsapp', body);
      return [(await template()).status, (await template()).status];
    };
    expect(await statuses({ fail: 'throttle' })).toEqual([429, 200]);
    expect(await statuses({ fail: 'down', times: 2 })).toEqual([503, 503]);
    expect(await statuses({ fail: 'code', code: 132001 })).toEqual([404, 200]);
    const replies = async (body: object) => {
      await order('email', body);
      return mail().then(
        () => 250,
        (error: { responseCode: number }) => error.responseCode,
      );
    };
    expect(await replies({ fail: 'throttle' })).toBe(451);
    expect(await replies({ fail: 'down' })).toBe(421);
    expect(await replies({ fail: 'code', code: 550 })).toBe(550);
    expect(await replies({ fail: 'code', code: 550, times: 0 })).toBe(250);
    expect((await dev()).map(({ channel }) => channel)).toEqual(['whatsapp', 'whatsapp', 'email']);
    expect((await order('email', { fail: 'code', code: 131026 })).status).toBe(422);
  });

  it('keeps the message and cuts the line on drop_after_accept, on both channels', async () => {
    catcher.misbehave('whatsapp', { fail: 'drop_after_accept' });
    catcher.misbehave('email', { fail: 'drop_after_accept' });
    await expect(template()).rejects.toThrow();
    await expect(mail()).rejects.toThrow();
    expect((await dev()).map(({ channel }) => channel)).toEqual(['whatsapp', 'email']);
  });

  it('finds its messages again after a restart, and forgets them on DELETE', async () => {
    const home = await mkdtemp(join(tmpdir(), 'catcher-'));
    stops.push(() => rm(home, { recursive: true }));
    await catcher.stop();
    catcher = await startCatcher({ home });
    await mail();
    await catcher.stop();
    catcher = await startCatcher({ home });
    expect(await dev()).toHaveLength(1);
    expect((await fetch(`${catcher.url}/dev/messages`, { method: 'DELETE' })).status).toBe(204);
    await catcher.stop();
    catcher = await startCatcher({ home });
    expect(await dev()).toEqual([]);
  });

  it('lets a person write to us, signed as Meta does', async () => {
    const { told, until } = await webhook();
    const write = (body: object) => fetch(`${catcher.url}/dev/inbound`, { method: 'POST', body: JSON.stringify(body) });
    const answer = await write({ from: '+6281234567890', text: 'BERHENTI' });
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    await until(1);
    const [{ body, signature } = { body: '', signature: '' }] = told;
    const secret = catcher.env.WHATSAPP_APP_SECRET ?? '';
    expect(signature).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
    const { contacts, messages } = JSON.parse(body).entry[0].changes[0].value;
    expect(contacts).toEqual([{ profile: { name: 'Siti Rahma' }, wa_id: '6281234567890' }]);
    expect(messages).toEqual([
      { from: '6281234567890', id, timestamp: expect.any(String), type: 'text', text: { body: 'BERHENTI' } },
    ]);
    expect(id).toMatch(/^wamid\./);
    await write({ from: '6281234567890', content: { type: 'image', image: { id: '1' } } });
    await until(2);
    for (const wrong of [{ from: 'x', text: 'halo' }, { from: '+6281234567890' }, { text: 'halo' }, { name: 'x' }]) {
      expect((await write(wrong)).status).toBe(422);
    }
  });

  it('keeps a free answer, and tells what became of it', async () => {
    const { told, until } = await webhook();
    await template({ type: 'text', template: undefined, text: { body: 'Ini layanan otomatis' } });
    await until(2);
    expect(told.map((call) => statusOf(call).status)).toEqual(['sent', 'delivered']);
    expect(await dev('?channel=whatsapp')).toMatchObject([{ template: null, text: 'Ini layanan otomatis' }]);
  });

  it('leaves a channel alone that has a provider of its own', async () => {
    await catcher.stop();
    catcher = await startCatcher({ env: { SMTP_URL: 'smtp://mail.example' } });
    expect(catcher.env.SMTP_URL).toBeUndefined();
    expect(catcher.env.WHATSAPP_API_URL).toBe(`${catcher.url}/v23.0`);
    expect((await order('email', { fail: 'down' })).status).toBe(404);
  });
});
