import { Config, Metrics } from '@idxcoop/platform';
import { createServer, type Socket } from 'node:net';
import { startProviders } from '../../../../test/support/providers';
import type { Message } from '../message/message.schema';
import { TEMPLATES } from '../template/catalogue';
import { Breakers } from '../provider/breakers';
import { Dkim } from './dkim';
import { EmailChannel } from './email.channel';
import type { Letter } from './outcome';

const letter = {
  message: { _id: '0199-delivery', cause: 'cause-1', template: 'verification', plannedAt: new Date(0) } as Message,
  template: TEMPLATES.verification,
  address: 'siti@majubersama.example',
  language: 'id',
  variables: { name: 'Siti', cooperativeName: 'Maju', link: 'https://idxcoop.example/x', reasons: [], details: {} },
} as Letter;

function channelTo(smtpUrl: string, settings: Partial<Config> = {}): EmailChannel {
  const smtpFrom = 'IDXCOOP <no-reply@idxcoop.example>';
  const config = Object.assign(new Config(), { smtpUrl, smtpFrom, circuitOpen: 200, ...settings });
  return new EmailChannel(config, new Breakers(config, new Metrics()), new Dkim(config));
}

describe(EmailChannel.name, () => {
  const stops: (() => unknown)[] = [];
  let begun = 0;
  const beforeBytes = async () => {
    begun += 1;
  };

  beforeEach(() => {
    begun = 0;
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function catcher() {
    const providers = await startProviders();
    stops.push(() => providers.stop());
    return providers;
  }

  /** A server that follows a script: what it says after each line, undefined cuts the line. */
  async function scripted(replies: (line: string) => string | undefined): Promise<string> {
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.write('220 test\r\n');
      socket.on('data', (data) => {
        const reply = replies(String(data));
        if (reply === undefined) socket.destroy();
        else if (reply) socket.write(`${reply}\r\n`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close());
    return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
  }

  it('sends text and HTML, with a Message-ID that is the same at each attempt', async () => {
    const { settings, messages } = await catcher();
    const channel = channelTo(settings.smtpUrl);
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect((await channel.send(letter, beforeBytes)).kind).toBe('accepted');
    const [first, second] = messages();
    expect(first?.providerMessageId).toBe('<0199-delivery@idxcoop.example>');
    expect(second?.providerMessageId).toBe(first?.providerMessageId);
    expect(first?.headers['content-type']).toContain('multipart/alternative');
    expect(first?.headers['auto-submitted']).toBe('auto-generated');
    expect([first?.text, first?.html].every((part) => part?.includes('https://idxcoop.example/x'))).toBe(true);
    expect(begun).toBe(2);
  });

  it('lets no byte of the message leave where the lease was lost at the last moment', async () => {
    const { settings, messages } = await catcher();
    const lost = new Error('lost');
    await expect(channelTo(settings.smtpUrl).send(letter, () => Promise.reject(lost))).rejects.toBe(lost);
    expect(messages()).toEqual([]);
  });

  it('is unsent where nobody listens', async () => {
    expect(await channelTo('smtp://127.0.0.1:9').send(letter, beforeBytes)).toMatchObject({ kind: 'unsent' });
    expect(begun).toBe(0);
  });

  it.each(['EHLO', 'MAIL', 'RCPT', 'DATA'])('is unsent where the line breaks at %s', async (command) => {
    const url = await scripted((line) => {
      if (line.startsWith(command)) return undefined;
      return line.startsWith('DATA') ? '354 go on' : '250 ok';
    });
    expect(await channelTo(url).send(letter, beforeBytes)).toMatchObject({ kind: 'unsent' });
    expect(begun).toBe(0);
  });

  it('is unknown where the line breaks after the message', async () => {
    let inData = false;
    const url = await scripted((line) => {
      if (inData) return line.includes('\r\n.\r\n') ? undefined : '';
      inData = line.startsWith('DATA');
      return inData ? '354 go on' : '250 ok';
    });
    expect(await channelTo(url).send(letter, beforeBytes)).toMatchObject({ kind: 'unknown' });
    expect(begun).toBe(1);
  });

  it('is refused where the server says so after the message', async () => {
    let inData = false;
    const url = await scripted((line) => {
      if (inData) return line.includes('\r\n.\r\n') ? '452 4.2.2 mailbox full' : '';
      inData = line.startsWith('DATA');
      return inData ? '354 go on' : '250 ok';
    });
    expect(await channelTo(url).send(letter, beforeBytes)).toMatchObject({
      kind: 'refused',
      code: 'smtp_452',
      rule: { action: 'hold' },
    });
  });

  it('stops the line where it is not let in', async () => {
    const url = await scripted((line) => {
      if (line.startsWith('EHLO')) return '250-test\r\n250 AUTH PLAIN';
      return line.startsWith('AUTH') ? '535 5.7.8 no' : '250 ok';
    });
    const outcome = await channelTo(url.replace('smtp://', 'smtp://u:p@')).send(letter, beforeBytes);
    expect(outcome).toMatchObject({ kind: 'refused', rule: { action: 'stop_line' } });
  });
});
