import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createProxyServer } from 'httpxy';
import { root } from './root.mjs';

/**
 * The joined port of separate processes: what an ingress does in production.
 * @param {{ port: number, api: Record<string, string>, all: Record<string, string>, catcherUrl?: string }} options
 *   api: address of each service's `api` role; all: address of every process by its name
 * @returns {Promise<import('node:http').Server>} listening on the loopback
 */
export async function startEdge({ port, api, all, catcherUrl }) {
  const { EDGE_ROUTES } = createRequire(import.meta.url)(join(root, 'dist/libs/contracts/src/index.js'));
  /** @type {[string, string][]} */
  const routes = Object.entries(EDGE_ROUTES).flatMap(([service, prefixes]) =>
    prefixes.map((/** @type {string} */ prefix) => [prefix, /** @type {string} */ (api[service])]),
  );
  if (catcherUrl) routes.push(['/dev', catcherUrl]);
  const proxy = createProxyServer({ xfwd: true });
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const to = routes.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1];
    try {
      if (to) await proxy.web(request, response, { target: to });
      else if (path === '/health/live') answer(response, 200, { status: 'ok' });
      else if (path === '/health/ready') await ready(response, all);
      else answer(response, 404, { type: 'about:blank', title: 'Tidak ditemukan', status: 404, code: 'not_found' });
    } catch {
      answer(response, 503, { type: 'about:blank', title: 'Layanan tidak tersedia', status: 503, code: 'unavailable' });
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  return server;
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {object} body */
function answer(response, status, body) {
  if (response.headersSent) return response.destroy();
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return response
    .writeHead(status, { 'content-type': type, ...(status === 503 && { 'retry-after': '5' }) })
    .end(JSON.stringify(body));
}

/** @param {import('node:http').ServerResponse} response @param {Record<string, string>} all */
async function ready(response, all) {
  const states = await Promise.all(
    Object.entries(all).map(async ([name, url]) => {
      const ok = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3000) }).then(
        (r) => r.ok,
        () => false,
      );
      return ok ? undefined : name;
    }),
  );
  const missing = states.filter(Boolean);
  answer(response, missing.length ? 503 : 200, missing.length ? { status: 'unavailable', missing } : { status: 'ok' });
}
