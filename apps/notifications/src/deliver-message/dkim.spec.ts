import { Config, Metrics } from '@idxcoop/platform';
import { authenticate } from 'mailauth';
import { generateKeyPairSync } from 'node:crypto';
import { scriptedSmtp } from '../../../../test/support/scripted-smtp';
import type { Message } from '../message/message.schema';
import { Breakers } from '../provider/breakers';
import { TEMPLATES } from '../template/catalogue';
import { Dkim, SIGNED_HEADERS } from './dkim';
import { EmailChannel } from './email.channel';
import type { Letter } from './outcome';

const letter = {
  message: { _id: '0199-delivery', cause: 'cause-1', template: 'welcome', plannedAt: new Date(0) } as Message,
  template: TEMPLATES.welcome,
  address: 'siti@majubersama.example',
  language: 'id',
  variables: {
    name: 'Siti',
    cooperativeName: 'Maju',
    statusUrl: 'https://idxcoop.example/s',
    preferencesUrl: 'https://idxcoop.example/p',
    reasons: [],
    details: {},
  },
  unsubscribeUrl: 'https://idxcoop.example/v1/unsubscribe/abc',
} as unknown as Letter;

describe(Dkim.name, () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const dkimPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  let server: Awaited<ReturnType<typeof scriptedSmtp>>;
  beforeAll(async () => {
    server = await scriptedSmtp(() => undefined);
  });
  afterAll(() => server.stop());

  async function received(host = '127.0.0.1'): Promise<string> {
    const config = Object.assign(new Config(), {
      ...{ smtpUrl: server.url.replace('127.0.0.1', host), smtpFrom: 'IDXCOOP <no-reply@idxcoop.example>' },
      ...{ dkimDomain: 'idxcoop.example', dkimSelector: 'k1', dkimPrivateKey, circuitOpen: 1_000 },
    });
    const channel = new EmailChannel(config, new Breakers(config, new Metrics()), new Dkim(config));
    expect(await channel.send(letter, () => Promise.resolve())).toMatchObject({ kind: 'accepted' });
    return server.mails.at(-1) as string;
  }

  async function verify(mail: string) {
    const { dkim } = await authenticate(Buffer.from(mail, 'latin1'), {
      ip: '127.0.0.1',
      helo: 'idxcoop.example',
      sender: 'no-reply@idxcoop.example',
      mta: 'mx.example',
      disableArc: true,
      disableDmarc: true,
      disableBimi: true,
      resolver: async (name: string, type: string) => {
        if (type === 'TXT' && name === 'k1._domainkey.idxcoop.example') return [[record]];
        throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
      },
    } as never);
    const [signature, ...others] = dkim.results as unknown as {
      status: { result: string };
      signingHeaders: { keys: string };
      signingDomain: string;
      format: string;
    }[];
    expect(others).toEqual([]);
    return signature;
  }

  it('is verified by another library, with both headers of the one click covered', async () => {
    const mail = await received();
    const signature = await verify(mail);
    expect(signature).toMatchObject({ status: { result: 'pass' }, signingDomain: 'idxcoop.example' });
    expect(signature?.format).toBe('relaxed/relaxed');
    const covered = /\bh=([^;]+);/
      .exec(mail.replace(/\r\n\s+/g, ''))?.[1]
      ?.toLowerCase()
      .replace(/\s/g, '')
      .split(':');
    expect(covered).toEqual(
      expect.arrayContaining(
        ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'list-id', 'list-help'].concat([
          'list-unsubscribe',
          'list-unsubscribe-post',
        ]),
      ),
    );
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail).toMatch(/List-I[dD]: .*<welcome\.idxcoop\.example>/);
  });

  it.each([
    ['List-Unsubscribe-Post: List-Unsubscribe=One-Click', 'List-Unsubscribe-Post: List-Unsubscribe=Other'],
    ['v1/unsubscribe/abc', 'v1/unsubscribe/abd'],
    ['Subject: ', 'Subject: Re: '],
    ['From: IDXCOOP', 'From: IDXC00P'],
  ])('does not stand where "%s" was changed', async (from, to) => {
    const mail = await received();
    expect(mail).toContain(from);
    expect((await verify(mail.replace(from, to)))?.status.result).not.toBe('pass');
  });

  it('lets no process start that would send without its key', () => {
    const settings = { roles: new Set(['jobs']), dkimDomain: 'idxcoop.example', dkimSelector: 'k1' };
    const start = (more: object) => () => new Dkim(Object.assign(new Config(), settings, more)).onModuleInit();
    const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(start({ dkimPrivateKeyFile: '/nowhere/key' })).toThrow('DKIM_PRIVATE_KEY_FILE /nowhere/key must be');
    expect(start({ dkimPrivateKey: ed25519 })).toThrow('DKIM_PRIVATE_KEY must be an RSA private key');
    expect(start({ dkimPrivateKey })).not.toThrow();
    expect(start({ dkimPrivateKeyFile: '/nowhere/key', roles: new Set(['api']) })).not.toThrow();
  });

  it('covers no header of a hop, which changes on the way', () => {
    for (const name of ['Received', 'Return-Path', 'X-Template']) expect(SIGNED_HEADERS).not.toContain(name);
  });

  // 0.0.0.0 reaches the same server and is no loopback address: it stands for the world here.
  it('tells the world no cause and no template', async () => {
    expect(await received()).toMatch(/^X-Cause-I[dD]: cause-1\r$/m);
    expect(await received('0.0.0.0')).not.toMatch(/^X-(Cause|Template|Delivery)/m);
  });
});
