import { createServer } from 'node:http';
import { readMisbehaviour } from './behaviour.mjs';

const LIMIT = 1024 * 1024;

async function read(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LIMIT) throw Object.assign(new Error('body too large'), { status: 413 });
    parts.push(part);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw Object.assign(new Error('body is not JSON'), { status: 400 });
  }
}

function problem(status, code, detail) {
  return {
    status,
    type: 'application/problem+json',
    body: { type: 'about:blank', title: detail, status, code, detail },
  };
}

/**
 * The doors of the catcher: the Cloud API's, and `/dev` for people and tests.
 * @param {{ inbox: import('./inbox.mjs').Inbox, providers: Record<string, import('./behaviour.mjs').Behaviour|undefined>,
 *   send?: Function, hear?: (body: Record<string, any>) => string | { id: string }, port?: number, log: (line: string) => void, setWebhookUrl: (url: string) => void }} parts
 */
export async function startHttp({ inbox, providers, send, hear, port = 0, log, setWebhookUrl }) {
  async function route(request, response) {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const at = `${request.method} ${url.pathname}`;
    const graph = /^POST \/v\d+\.\d+\/([^/]+)\/messages$/.exec(at);
    if (graph && send) {
      const drop = () => void response.destroy();
      return send({ number: graph[1], headers: request.headers, body: await read(request), drop });
    }
    if (at === 'GET /dev/messages') {
      const items = inbox.list({ to: url.searchParams.get('to'), channel: url.searchParams.get('channel') });
      return { status: 200, body: { items } };
    }
    if (at === 'DELETE /dev/messages') {
      await inbox.clear();
      return { status: 204 };
    }
    if (at === 'PUT /dev/webhook') {
      const body = await read(request);
      if (!URL.canParse(body?.url)) return problem(422, 'invalid', 'url is not an address');
      setWebhookUrl(body.url);
      return { status: 200, body: { url: body.url } };
    }
    if (at === 'POST /dev/inbound') {
      if (!hear) return problem(404, 'no_catcher', 'whatsapp has a provider of its own');
      const heard = hear((await read(request)) ?? {});
      return typeof heard === 'string' ? problem(422, 'invalid', heard) : { status: 202, body: heard };
    }
    const channel = /^(GET|POST|DELETE) \/dev\/providers\/(email|whatsapp)$/.exec(at);
    if (channel) return provider(channel[1], channel[2], request);
    return problem(404, 'not_found', 'There is nothing at this address.');
  }

  async function provider(method, channel, request) {
    const behaviour = providers[channel];
    if (!behaviour) return problem(404, 'no_catcher', `${channel} has a provider of its own`);
    if (method === 'DELETE') behaviour.set({ fail: null, code: null, times: 0, delayMs: 0 });
    if (method === 'POST') {
      const order = readMisbehaviour(channel, (await read(request)) ?? {});
      if (typeof order === 'string') return problem(422, 'invalid', order);
      behaviour.set(order);
    }
    return { status: 200, body: { channel, ...behaviour.current } };
  }

  const server = createServer((request, response) => {
    route(request, response)
      .catch((error) => problem(error.status ?? 500, error.status ? 'malformed' : 'internal', error.message))
      .then((answer) => {
        if (!answer || response.destroyed) return;
        if (answer.status >= 500) log(`${request.method} ${request.url?.split('?')[0]} ${answer.status}`);
        response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' });
        response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
      });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}
