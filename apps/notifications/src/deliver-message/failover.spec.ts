import { Config, Metrics } from '@idxcoop/platform';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { scriptedSmtp } from '../../../../test/support/scripted-smtp';
import type { Message } from '../message/message.schema';
import { Breakers } from '../provider/breakers';
import { TEMPLATES } from '../template/catalogue';
import { Dkim } from './dkim';
import { EmailChannel } from './email.channel';
import type { Letter } from './outcome';
import { Post } from './post';
import { WhatsAppChannel } from './whatsapp.channel';
import { WhatsAppToken } from './whatsapp-token';

const letter = (address: string) =>
  ({
    message: { _id: '0199-delivery', cause: 'cause-1', template: 'verification', plannedAt: new Date(0) } as Message,
    template: TEMPLATES.verification,
    address,
    language: 'id',
    variables: { name: 'S', cooperativeName: 'M', code: '012345', link: 'https://a.example', reasons: [], details: {} },
  }) as unknown as Letter;
const go = () => Promise.resolve();

describe(EmailChannel.name, () => {
  const stops: (() => unknown)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  async function pair(first: (line: string) => string | undefined, greeting?: string) {
    const [one, two] = [await scriptedSmtp(first, greeting), await scriptedSmtp(() => undefined)];
    stops.push(one.stop, two.stop);
    const config = Object.assign(new Config(), {
      ...{ smtpUrl: one.url, smtpFallbackUrl: two.url, smtpFrom: 'a@idxcoop.example', circuitOpen: 3_000 },
    });
    const metrics = new Metrics();
    const channel = new EmailChannel(config, new Breakers(config, metrics), new Dkim(config));
    return { one, two, metrics, send: () => channel.send(letter('siti@maju.example'), go) };
  }
  const at = (command: string, reply: string) => (line: string) => (line.startsWith(command) ? reply : undefined);

  it.each([
    ['greeting', undefined, '421 closing'],
    ['greeting that breaks', undefined, 'cut'],
    ['MAIL', at('MAIL', '451 later'), undefined],
    ['RCPT', at('RCPT', '450 4.7.1 wait'), undefined],
    ['DATA', at('DATA', '421 closing'), undefined],
    ['a line that breaks at DATA', at('DATA', 'cut'), undefined],
  ])('asks the second server where the first has surely not sent: %s', async (_, replies, greeting) => {
    const { two, send } = await pair(replies ?? (() => undefined), greeting);
    expect(await send()).toEqual({ kind: 'accepted', providerId: '250 2.0.0 kept' });
    expect(two.mails).toHaveLength(1);
    expect(two.mails[0]).toMatch(/^Message-ID: <0199-delivery@idxcoop\.example>\r$/im);
  });

  it.each([
    ['the line breaks after the message', at('.', 'cut'), { kind: 'unknown' }],
    ['the recipient is unknown', at('RCPT', '550 5.1.1 no'), { kind: 'refused', rule: { action: 'suppress' } }],
    ['it is refused for its content', at('.', '554 5.6.0 no'), { kind: 'refused' }],
  ])('asks nobody else where %s', async (_, replies, outcome) => {
    const { two, send } = await pair(replies);
    expect(await send()).toMatchObject(outcome);
    expect(two.connections).toBe(0);
  });

  it('leaves a server alone that is down, tries it with one mail after a while, and returns to it', async () => {
    let isDown = true;
    const { one, two, metrics, send } = await pair((line) =>
      isDown && line.startsWith('EHLO') ? '421 down' : undefined,
    );
    for (let count = 0; count < 8; count += 1) expect((await send()).kind).toBe('accepted');
    expect([one.connections, two.mails.length]).toEqual([5, 8]);
    expect(await metrics.registry.metrics()).toContain('idxcoop_provider_circuit_open{provider="smtp"} 1');
    isDown = false;
    await eventually(async () => {
      await send();
      expect(one.mails.length).toBeGreaterThan(0);
    });
    expect(await metrics.registry.metrics()).toContain('idxcoop_provider_circuit_open{provider="smtp"} 0');
  });

  it('lets mails wait where both are down', async () => {
    const config = Object.assign(new Config(), {
      ...{ smtpUrl: 'smtp://127.0.0.1:9', smtpFallbackUrl: 'smtp://127.0.0.1:9', smtpFrom: 'a@b.example' },
      circuitOpen: 5_000,
    });
    const breakers = new Breakers(config, new Metrics());
    const channel = new EmailChannel(config, breakers, new Dkim(config));
    for (let count = 0; count < 5; count += 1)
      expect(await channel.send(letter('a@b.example'), go)).toMatchObject({ kind: 'unsent' });
    expect(await channel.send(letter('a@b.example'), go)).toMatchObject({ kind: 'held', code: 'circuit_open' });
    expect(breakers.holdOf('email')?.code).toBe('circuit_open');
    expect(breakers.holdOf('email')?.afterMs).toBeGreaterThan(4_000);
    expect(breakers.holdOf('whatsapp')).toBeNull();
  });
});

describe(Post.name, () => {
  it('sends by the second server what the first refused for a time after it had all of it', async () => {
    const one = await scriptedSmtp((line) => (line === '.' ? '451 4.3.0 later' : undefined));
    const two = await scriptedSmtp(() => undefined);
    const notifications = await startNotifications({ config: { smtpUrl: one.url, smtpFallbackUrl: two.url } });
    try {
      const { cause } = await notifications.requestVerification('email');
      const message = await notifications.reaches(cause, 'sent');
      expect(message.history.map(({ state }) => state)).toEqual(['planned', 'sending', 'sending', 'sent']);
      expect([one.connections, two.mails.length]).toEqual([1, 1]);
    } finally {
      await notifications.close();
      for (const { stop } of [one, two]) stop();
    }
  });
});

describe(WhatsAppToken.name, () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const token = request.headers.authorization ?? '';
    seen.push(token);
    request.resume().on('end', () => {
      const isGood = token === 'Bearer new';
      const body = isGood ? { messages: [{ id: 'wamid.1' }] } : { error: { code: 190 } };
      response.writeHead(isGood ? 200 : 401).end(JSON.stringify(body));
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());

  it('is read again when it is refused, and the message sent at once; the same one stops the line', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'token-')), 'token');
    await writeFile(file, 'old\n');
    const whatsappApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = Object.assign(new Config(), {
      ...{ whatsappApiUrl, whatsappPhoneNumberId: '1', whatsappTokenFile: file, circuitOpen: 1_000 },
    });
    const channel = new WhatsAppChannel(config, new Breakers(config, new Metrics()), new WhatsAppToken(config));
    const send = () => channel.send(letter('+6281234567890'), go);
    expect(await send()).toMatchObject({
      kind: 'refused',
      code: '190',
      rule: { action: 'refresh_token', waitSeconds: 60 },
    });
    await writeFile(file, 'new\n');
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(seen).toEqual(['Bearer old', 'Bearer old', 'Bearer new', 'Bearer new']);
  });
});
