import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express from 'express';
import { createProxyServer } from 'httpxy';
import swaggerUi from 'swagger-ui-express';
import { parse } from 'yaml';
import { gatherMetrics } from './edge-metrics.mjs';
import { root } from './root.mjs';

/**
 * The joined port of separate processes: what an ingress does in production.
 * @param {{ port: number, api: Record<string, string>, all: Record<string, string>, catcherUrl?: string }} options
 *   api: address of each service's `api` role; all: address of every process by its name
 * @returns {Promise<import('node:http').Server>} listening on the loopback
 */
export async function startEdge({ port, api, all, catcherUrl }) {
  const built = createRequire(join(root, 'dist/libs/platform/src/index.js'));
  const { EDGE_ROUTES } = built('../../contracts/src/index.js');
  const { notFound, refuseRequest, secureHeaders, unavailable } = built('./index.js');
  const { mergedOpenapi } = built('../../../apps/standalone/src/merged.js');
  const proxy = createProxyServer({ xfwd: true });
  const app = express().disable('x-powered-by').disable('etag');
  /** @param {string} target @returns {import('express').RequestHandler} */
  const passOn = (target) => (request, response) => {
    request.url = request.originalUrl;
    proxy.web(request, response, { target }).catch(() => {
      if (response.headersSent) response.destroy();
      else refuseRequest(unavailable(), request, response);
    });
  };
  for (const [service, url] of Object.entries(api)) app.use(EDGE_ROUTES[service], passOn(url));
  if (catcherUrl) app.use('/dev', passOn(catcherUrl));

  const openapi = async () => {
    const documents = await Promise.all(Object.values(api).map((url) => ask(`${url}/openapi.json`)));
    return mergedOpenapi(documents.map((text) => ({ openapi: () => JSON.parse(text) })));
  };
  app.use(secureHeaders({ isProduction: false }));
  app.get('/health/live', (_, response) => void response.json({ status: 'ok' }));
  app.get('/health/ready', async (_, response) => {
    const missing = await notReady(all);
    if (missing.length > 0) response.status(503).set('Retry-After', '5');
    response.json(missing.length > 0 ? { status: 'unavailable', missing } : { status: 'ok' });
  });
  app.get('/metrics', async (_, response) => {
    response.type('text/plain').send(await gatherMetrics(all, ask));
  });
  app.get('/openapi.json', async (_, response) => void response.json(await openapi()));
  app.get('/asyncapi.json', (_, response) => {
    response.json(parse(readFileSync(join(root, 'docs/asyncapi.yaml'), 'utf8')));
  });
  app.use('/docs', ...swaggerUi.serve, async (request, response, next) => {
    swaggerUi.setup(await openapi(), { customSiteTitle: 'IDXCOOP' })(request, response, next);
  });
  app.use((request, response) => refuseRequest(notFound(), request, response));
  app.use(
    /** @type {import('express').ErrorRequestHandler} */
    (_error, request, response, _next) => refuseRequest(unavailable(), request, response),
  );

  const server = createServer(app);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  return server;
}

/** @param {string} url @returns {Promise<string>} */
async function ask(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}

/** @param {Record<string, string>} all @returns {Promise<string[]>} names of the processes that are not ready */
async function notReady(all) {
  const states = await Promise.all(
    Object.entries(all).map(([name, url]) =>
      ask(`${url}/health/ready`).then(
        () => [],
        () => [name],
      ),
    ),
  );
  return states.flat();
}
