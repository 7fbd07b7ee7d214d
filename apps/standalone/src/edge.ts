import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EDGE_ROUTES } from '@idxcoop/contracts';
import {
  type Config,
  notFound,
  refuseRequest,
  type RunningService,
  secureHeaders,
  unavailable,
} from '@idxcoop/platform';
import express, { type Express, type RequestHandler } from 'express';
import { createProxyServer } from 'httpxy';
import swaggerUi from 'swagger-ui-express';
import { parse } from 'yaml';
import { mergedHealth, mergedMetrics, mergedOpenapi } from './merged';
import { queueBoard } from './queue-board';

/** The one port: the public paths of each service, and what belongs to all of them together. `/internal` is not among them. */
export function edge(services: readonly RunningService[], config: Config): Express {
  const app = express().disable('x-powered-by').disable('etag');
  if (config.roles.has('api')) passOnAll(app, services, config);
  // What others answer has headers of its own.
  app.use(secureHeaders(config));
  app.get('/health/live', (_, response) => void response.json({ status: 'ok' }));
  app.get('/health/ready', async (_, response) => {
    const report = await mergedHealth(services);
    if (report.status !== 'ok') response.status(503).set('Retry-After', '2');
    response.json(report);
  });
  app.get('/metrics', async (_, response) => {
    response.type('text/plain').send(await mergedMetrics(services));
  });
  if (config.roles.has('api')) describe(app, services);
  app.use((request, response) => refuseRequest(notFound(), request, response));
  return app;
}

function passOnAll(app: Express, services: readonly RunningService[], config: Config): void {
  for (const { service, handler } of services) {
    app.use([...EDGE_ROUTES[service]], (request, response) => {
      request.url = request.originalUrl;
      handler(request, response);
    });
  }
  if (config.catcherUrl && !config.isProduction) app.use('/dev', passOn(config.catcherUrl));
}

function describe(app: Express, services: readonly RunningService[]): void {
  const openapi = once(() => mergedOpenapi(services));
  const asyncapi = once(() => parse(readFileSync(join(process.cwd(), 'docs/asyncapi.yaml'), 'utf8')) as object);
  app.get('/openapi.json', (_, response) => void response.json(openapi()));
  app.get('/asyncapi.json', (_, response) => void response.json(asyncapi()));
  const page: RequestHandler = (...args) => void swaggerUi.setup(openapi(), { customSiteTitle: 'IDXCOOP' })(...args);
  app.use('/docs', ...swaggerUi.serve, page);
  app.use('/ops/queues', queueBoard(services));
}

/** Another process answers: the local catchers, outside production. */
function passOn(target: string): RequestHandler {
  const proxy = createProxyServer({ target });
  return (request, response) => {
    request.url = request.originalUrl;
    proxy.web(request, response).catch(() => refuseRequest(unavailable(), request, response));
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
