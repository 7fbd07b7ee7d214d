import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { loadConfig } from '../config';
import type { NameResolver } from './name-resolver';
import { Outbound } from './outbound';
import { OutboundError } from './outbound-error';

/** Two servers on one port: that of `127.0.0.2` may be called, that of `127.0.0.1` is our own network. */
describe(Outbound.name, () => {
  const served: string[] = [];
  const servers: Server[] = [];
  let port: number;
  let names: Record<string, (string[] | 'no_such_name')[]>;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  const open = (address: string, at = 0) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer((request, response) => {
        served.push(`${address} ${request.headers.host?.split(':')[0]} ${request.method} ${request.url}`);
        answer(request, response);
      });
      servers.push(server);
      server.once('error', reject);
      server.listen(at, address, () => resolve((server.address() as AddressInfo).port));
    });
  /** Answers each question with the next of the answers that a name has, the last one again and again. */
  const resolver = {
    resolve: async (name: string) => {
      const answers = names[name] ?? ['no_such_name'];
      const next = answers.length > 1 ? answers.shift() : answers[0];
      return typeof next === 'string' ? { missing: next } : { addresses: next ?? [] };
    },
  } as NameResolver;
  const outbound = (env: NodeJS.ProcessEnv = { OUTBOUND_ALLOW: '127.0.0.2' }) =>
    new Outbound(resolver, loadConfig({ NODE_ENV: 'test', ...env }));
  const url = (host: string, path = '/') => `http://${host}:${port}${path}`;
  const codeOf = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => undefined,
      (thrown) => thrown as OutboundError,
    );
    return error?.code ?? 'answered';
  };

  beforeAll(async () => {
    port = await open('127.0.0.2');
    await open('127.0.0.1', port);
  });
  beforeEach(() => {
    served.length = 0;
    names = { 'site.example': [['127.0.0.2']], 'inside.example': [['127.0.0.1']] };
    answer = (_request, response) => response.end('Selamat datang');
  });
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections();
  });

  it('connects to the address that it checked, whatever the name says a moment later', async () => {
    names['site.example'] = [['127.0.0.2'], ['127.0.0.1']];
    const { status, body } = await outbound().request(url('site.example'));
    expect({ status, text: body.toString() }).toEqual({ status: 200, text: 'Selamat datang' });
    expect(served).toEqual(['127.0.0.2 site.example GET /']);
  });

  it('checks a name anew at each redirect', async () => {
    names['site.example'] = [['127.0.0.2'], ['127.0.0.1']];
    answer = (_request, response) => response.writeHead(302, { location: '/again' }).end();
    expect(await codeOf(outbound().request(url('site.example'), { redirects: 5 }))).toBe('bad_port');
    expect(served).toEqual(['127.0.0.2 site.example GET /']);
  });

  it.each([
    ['http://127.0.0.1/', 'address_refused'],
    ['http://2130706433/', 'address_refused'],
    ['http://0x7f.1/', 'address_refused'],
    ['http://[::1]/', 'address_refused'],
    ['http://[::ffff:127.0.0.2]/', 'address_refused'],
    ['http://169.254.169.254/latest/meta-data/', 'address_refused'],
    ['http://inside.example/', 'address_refused'],
    ['http://split.example/', 'address_refused'],
    ['http://nobody.example/', 'no_such_name'],
    ['http://public.example:8080/', 'bad_port'],
    ['http://user:secret@site.example/', 'credentials_in_url'],
    ['ftp://site.example/', 'bad_url'],
    ['file:///etc/passwd', 'bad_url'],
    ['majubersama.example', 'bad_url'],
  ])('refuses %s with %s, first and by redirect', async (target, code) => {
    names['split.example'] = [['8.8.8.8', '10.0.0.1']];
    names['public.example'] = [['8.8.8.8']];
    expect(await codeOf(outbound().request(target))).toBe(code);
    expect(served).toEqual([]);
    if (!target.includes(':')) return;
    answer = (_request, response) => response.writeHead(301, { location: target }).end();
    expect(await codeOf(outbound().request(url('site.example'), { redirects: 5 }))).toBe(code);
    expect(served).toHaveLength(1);
  });

  it('asks for https where that is wanted', async () => {
    names['public.example'] = [['192.0.2.1']];
    expect(await codeOf(outbound().mayCall('http://public.example/', 'refuse'))).toBe('not_https');
    expect(await codeOf(outbound().mayCall('https://public.example/', 'refuse'))).toBe('address_refused');
    expect(await codeOf(outbound().mayCall('http://public.example/', 'upgrade'))).toBe('address_refused');
  });

  it('follows so many redirects and no more', async () => {
    answer = (request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 0) response.end('there');
      else response.writeHead(307, { location: `/${step - 1}` }).end();
    };
    const found = await outbound().request(url('site.example', '/5'), { redirects: 5 });
    expect(found).toMatchObject({ redirects: 5, url: url('site.example', '/0'), status: 200 });
    expect(await codeOf(outbound().request(url('site.example', '/6'), { redirects: 5 }))).toBe('too_many_redirects');
    expect((await outbound().request(url('site.example', '/6'))).status).toBe(307);
  });

  it('reads so many bytes, of what was packed too', async () => {
    answer = (_request, response) => response.end('x'.repeat(5_000));
    const plain = await outbound().request(url('site.example'), { maxBytes: 1_000 });
    expect({ size: plain.body.length, truncated: plain.truncated }).toEqual({ size: 1_000, truncated: true });
    answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('y'.repeat(10_000_000)));
    const packed = await outbound().request(url('site.example'), { maxBytes: 1_000 });
    expect(packed.body.toString()).toBe('y'.repeat(1_000));
  });

  it.each([
    ['an answer that never begins', () => {}],
    ['an answer that never ends', (_: unknown, response: ServerResponse) => response.write('<html>')],
  ])('waits its time for %s', async (_, behaviour) => {
    answer = behaviour as typeof answer;
    expect(await codeOf(outbound().request(url('site.example'), { timeoutMs: 50 }))).toBe('timeout');
  });

  it('says what went wrong', async () => {
    expect(await codeOf(outbound().request('http://127.0.0.2:1/'))).toBe('connection_refused');
    expect(await codeOf(outbound().request(url('site.example').replace('http', 'https')))).toBe('tls_failed');
    answer = (request) => request.socket.destroy();
    expect(await codeOf(outbound().request(url('site.example')))).toBe('connection_failed');
    answer = (request) => request.socket.end('nonsense\r\n\r\n');
    expect(await codeOf(outbound().request(url('site.example')))).toBe('bad_answer');
  });

  it('posts what it is given, and takes a redirect as the answer', async () => {
    const bodies: string[] = [];
    answer = (request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () => response.writeHead(308, { location: 'http://127.0.0.1/' }).end());
    };
    const { status } = await outbound().request(url('site.example'), { method: 'POST', body: '{"a":"é"}' });
    expect({ status, bodies }).toEqual({ status: 308, bodies: ['{"a":"é"}'] });
  });

  it('opens nothing in production', () => {
    expect(() => loadConfig({ NODE_ENV: 'production', OUTBOUND_ALLOW: '127.0.0.2' })).toThrow('OUTBOUND_ALLOW');
    expect(() => loadConfig({ OUTBOUND_ALLOW: 'localhost' })).toThrow('OUTBOUND_ALLOW');
  });
});
