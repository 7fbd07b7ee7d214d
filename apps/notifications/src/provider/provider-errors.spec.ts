import { Config, Metrics } from '@idxcoop/platform';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scriptedSmtp } from '../../../../test/support/scripted-smtp';
import { Dkim } from '../deliver-message/dkim';
import { EmailChannel } from '../deliver-message/email.channel';
import type { Letter, Outcome } from '../deliver-message/outcome';
import { WhatsAppChannel } from '../deliver-message/whatsapp.channel';
import { WhatsAppToken } from '../deliver-message/whatsapp-token';
import type { Message } from '../message/message.schema';
import { TEMPLATES } from '../template/catalogue';
import { Breakers } from './breakers';
import { ACTIONS, type Action, type ErrorRule } from './error-rule';
import { handsOver, ruleOf } from './rules';
import { SMTP_CLASSES, SMTP_FAULTS, SMTP_REPLIES, SMTP_STAGES, SMTP_STATUSES, smtpRule } from './smtp-errors';
import { WHATSAPP_ERRORS, WHATSAPP_RANGES, WHATSAPP_STATUS_CLASSES, WHATSAPP_STATUSES } from './whatsapp-errors';

/** What each code means, written a second time by hand from the reference (D5, D8): the table is checked against this. */
const D5: Readonly<Partial<Record<Action, number[]>>> = {
  refresh_token: [0, 190],
  retry: [2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004, 133005],
  hold: [131049],
  stop_bulk: [131048],
  next_channel: [130472, 131021, 131030],
  suppress: [131026, 131050],
  final: [131047, 131051, 131052, 131053],
  stop_template: [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069, 100, 131008, 131009],
  stop_line: [
    33, 3, 10, 200, 210, 299, 368, 130497, 131005, 131031, 131037, 131042, 131044, 131045, 131062, 131063, 131064,
    133000, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 135000, 137000,
  ],
};
const HTTP: Readonly<Partial<Record<Action, number[]>>> = {
  refresh_token: [401],
  stop_line: [402, 403, 404, 405, 501, 302],
  stop_template: [413, 422],
  retry: [408, 425, 429, 500, 503],
  unknown: [502, 504, 520, 200],
  final: [400, 410],
};
/** By what a server says at RCPT TO. */
const SMTP: Readonly<Partial<Record<Action, string[]>>> = {
  retry: [
    ...['421', '450', '451', '454', '455', '441', '450 4.0.1', '450 4.1.1', '450 4.2.0', '450 4.2.1', '450 4.3.0'],
    ...['450 4.3.2', '450 4.3.5', '450 4.4.1', '450 4.5.3', '450 4.6.1', '450 4.7.1', '451 4.0.0'],
  ],
  hold: ['452', '452 4.2.2', '452 4.3.1'],
  next_channel: [
    ...['501', '521', '541', '550', '551', '552', '553', '554', '557', '550 5.0.1', '550 5.1.4', '550 5.1.5'],
    ...['550 5.1.9', '550 5.2.0', '552 5.2.2', '554 5.3.0', '554 5.4.1', '554 5.5.0', '550 5.7.1', '550 5.7.515'],
    ...['550 5.0.0', '550 5.4.4'],
  ],
  suppress: [
    '510',
    '511',
    '512',
    '556',
    '550 5.1.0',
    '550 5.1.1',
    '550-5.1.1 no\r\n550 5.1.1 such mailbox',
    '550 5.1.10',
    '550 5.2.1',
  ],
  stop_template: ['550 5.6.1', '552 5.2.3', '552 5.3.4'],
  stop_line: [
    ...['432', '500', '502', '503', '504', '525', '530', '534', '535', '538', '555', '450 4.7.12', '550 5.1.7'],
    ...['550 5.1.8', '554 5.7.3', '535 5.7.8', '534 5.7.9', '538 5.7.11', '525 5.7.13', '535 5.7.14'],
  ],
};

const rows = <K>(table: Readonly<Partial<Record<Action, K[]>>>): [K, Action][] =>
  ACTIONS.flatMap((action) => (table[action] ?? []).map((key): [K, Action] => [key, action]));

const message = { _id: '0199', cause: 'c', template: 'verification', plannedAt: new Date(0) } as Message;
const letter = {
  message,
  template: TEMPLATES.verification,
  language: 'id',
  variables: {
    name: 'Siti',
    cooperativeName: 'Maju',
    code: '012345',
    link: 'https://a.example',
    reasons: [],
    details: {},
  },
} as unknown as Letter;

describe('the error table of WhatsApp', () => {
  let answer: [number, object | string] = [200, {}];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const [status, body] = answer;
      const headers = status === 302 ? { location: 'http://127.0.0.1:9/' } : {};
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());

  function send(status: number, body: object | string): Promise<Outcome> {
    answer = [status, body];
    const whatsappApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = Object.assign(new Config(), { whatsappApiUrl, whatsappToken: 't', whatsappPhoneNumberId: '1' });
    return whatsappChannel(config).send({ ...letter, address: '+6281234567890' }, () => Promise.resolve());
  }

  it.each(rows(D5))('answers %i with %s', async (code, action) => {
    const outcome = await send(400, { error: { code, message: 'x' } });
    expect(outcome).toMatchObject({ kind: 'refused', code: String(code), rule: { action } });
    expect(ruleOf('whatsapp', String(code))).toEqual((outcome as { rule: ErrorRule }).rule);
  });

  it.each(rows(HTTP))('answers HTTP %i without a code with %s', async (status, action) => {
    const outcome = await send(status, status === 200 ? {} : '<html>');
    if (action === 'unknown') expect(outcome.kind).toBe('unknown');
    else expect(outcome).toMatchObject({ kind: 'refused', code: `http_${status}`, rule: { action } });
  });

  it('has no row that is not tested here', () => {
    const tested = rows(D5).map(([code]) => code);
    for (const code of Object.keys(WHATSAPP_ERRORS).map(Number)) expect(tested).toContain(code);
    for (const { from, to } of WHATSAPP_RANGES) expect(tested).toEqual(expect.arrayContaining([from, to]));
    const statuses = rows(HTTP).map(([status]) => status);
    for (const status of Object.keys(WHATSAPP_STATUSES).map(Number)) expect(statuses).toContain(status);
    // Nothing answers 1xx for good.
    const classes = Object.keys(WHATSAPP_STATUS_CLASSES).filter((one) => one !== '1');
    expect(classes.every((one) => statuses.some((status) => String(status).startsWith(one)))).toBe(true);
  });

  it('judges an unknown code by the status that Meta gave with it', async () => {
    for (const [status, action] of [
      [503, 'retry'],
      [502, 'retry'],
      [400, 'final'],
      [401, 'refresh_token'],
    ] as const)
      expect(await send(status, { error: { code: 999_999 } })).toMatchObject({ kind: 'refused', rule: { action } });
    expect(ruleOf('whatsapp', '999999')).toMatchObject({ action: 'final', alert: true });
  });

  it('waits a pair its six seconds and a spared person a day, and says how long every stop lasts', () => {
    expect(WHATSAPP_ERRORS[131056]?.waitSeconds).toBeGreaterThanOrEqual(6);
    expect(WHATSAPP_ERRORS[131049]?.waitSeconds).toBeGreaterThanOrEqual(86_400);
    const all = [WHATSAPP_ERRORS, WHATSAPP_STATUSES, SMTP_STATUSES, SMTP_REPLIES, SMTP_FAULTS].flatMap((table) =>
      Object.values<ErrorRule>(table),
    );
    for (const rule of all) {
      if (/^stop|hold|refresh/.test(rule.action)) expect(rule).toHaveProperty('waitSeconds');
      if (rule.action === 'suppress') expect(rule).toHaveProperty('scope');
    }
  });
});

describe('the error table of SMTP', () => {
  const stops: (() => unknown)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  async function send(at: string, reply: string): Promise<Outcome> {
    const server = await scriptedSmtp(
      (line) => (new RegExp(`^(${at})`).test(line) ? reply : undefined),
      at === 'CONNECT' ? reply : undefined,
    );
    stops.push(server.stop);
    const config = Object.assign(new Config(), { smtpUrl: server.url, smtpFrom: 'a@idxcoop.example' });
    return emailChannel(config).send({ ...letter, address: 'siti@maju.example' }, () => Promise.resolve());
  }

  it.each(rows(SMTP))('answers "%s" with %s', async (said, action) => {
    expect(await send('RCPT', `${said}${/^\d{3}$/.test(said) ? ' no' : ''}`)).toMatchObject({
      kind: 'refused',
      code: `smtp_${said.slice(0, 3)}`,
      rule: { action },
    });
  });

  it.each([
    ['CONNECT', '421 closing', 'retry'],
    ['CONNECT', '554 5.7.1 you are listed', 'stop_line'],
    ['EHLO|HELO', '550 no', 'stop_line'],
    ['MAIL', '451 4.7.1 wait', 'retry'],
    ['MAIL', '452 4.3.1 full', 'hold'],
    ['MAIL', '550 5.1.1 unknown sender', 'stop_line'],
    ['MAIL', '552 5.3.4 too large', 'stop_template'],
    ['DATA', '554 5.7.1 spam', 'next_channel'],
    ['DATA', '451 later', 'retry'],
  ])('at %s answers "%s" with %s', async (at, said, action) => {
    expect(await send(at, said)).toMatchObject({ rule: { action } });
  });

  it('has no row that is not tested here', () => {
    const tested = rows(SMTP).map(([said]) => said);
    for (const code of Object.keys(SMTP_REPLIES)) expect(tested).toContain(code);
    for (const status of Object.keys(SMTP_STATUSES))
      expect(
        tested.filter((said) => `${said}.`.includes(` ${status}.`) || said.startsWith(`550-${status}`)),
      ).not.toEqual([]);
    expect(Object.keys(SMTP_CLASSES)).toEqual(['4', '5']);
    expect(SMTP_STAGES.connection[4]).toEqual({ action: 'retry', isDown: true });
    for (const fault of ['eauth', 'enoauth', 'eoauth2', 'econfig'])
      expect(ruleOf('email', fault)).toMatchObject({ action: 'stop_line', isDown: true });
    expect(ruleOf('email', 'eenvelope')?.action).toBe('next_channel');
    expect(ruleOf('email', 'emessage')?.action).toBe('stop_template');
    expect(Object.keys(SMTP_FAULTS)).toHaveLength(6);
  });

  it('reads a bounce as word of one person’s server', () => {
    for (const [code, action] of [
      ['bounced_5.1.1', 'suppress'],
      ['bounced_5.1.8', 'next_channel'],
      ['bounced_5.2.2', 'next_channel'],
      ['bounced_4.4.7', 'next_channel'],
      ['bounced_5', 'next_channel'],
    ] as const)
      expect([code, ruleOf('email', code)?.action]).toEqual([code, action]);
  });

  it('is asked for a code that a message keeps', () => {
    expect(ruleOf('email', 'smtp_556')).toEqual(smtpRule(556));
    for (const code of ['expired', 'campaign_cancelled', 'no_longer_needed', 'holder_lost', 'failed', 'no_consent']) {
      expect([ruleOf('email', code), ruleOf('whatsapp', code)]).toEqual([undefined, undefined]);
      expect(handsOver('whatsapp', code)).toBe(code === 'no_consent');
    }
    expect(handsOver('whatsapp', '131026')).toBe(true);
    expect(handsOver('whatsapp', '131047')).toBe(false);
    expect(handsOver('email', 'smtp_550')).toBe(true);
    expect(handsOver('whatsapp', 'address_suppressed')).toBe(true);
  });
});

function whatsappChannel(config: Config): WhatsAppChannel {
  return new WhatsAppChannel(config, breakersOf(config), new WhatsAppToken(config));
}

function emailChannel(config: Config): EmailChannel {
  return new EmailChannel(config, breakersOf(config), new Dkim(config));
}

function breakersOf(config: Config): Breakers {
  return new Breakers(Object.assign(config, { circuitOpen: 1_000 }), new Metrics());
}
