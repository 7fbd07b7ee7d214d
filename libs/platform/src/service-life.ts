import { DiscoveryService } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Redis } from 'ioredis';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config';
import { Health } from './health/health';
import { JobTimer } from './jobs/job-timer';
import { JobWorkers } from './jobs/job-workers';
import { Metrics } from './metrics';
import { Mongo } from './stores/mongo';
import { REDIS } from './stores/redis';
import { EVENT_TRANSPORT, type EventTransport } from './tokens';

/** What consumes events in this service, where its module has such. */
export function transportOf(app: NestExpressApplication): EventTransport | undefined {
  const provider = app
    .get(DiscoveryService)
    .getProviders()
    .find(({ token }) => token === EVENT_TRANSPORT);
  return provider?.instance as EventTransport | undefined;
}

/** What each role needs of the stores, for readiness and for the metrics. */
export function requireStores(app: NestExpressApplication): void {
  const health = app.get(Health);
  const metrics = app.get(Metrics);
  const mongo = app.get(Mongo);
  const redis = app.get<Redis>(REDIS);
  health.require('mongodb', ['api', 'events', 'jobs', 'schedules'], () => mongo.check());
  health.require('redis', ['jobs', 'schedules'], async () => {
    await redis.ping();
  });
  metrics.gauge('mongodb_up', 'Whether MongoDB is connected', [], (gauge) =>
    gauge.set(mongo.connection.readyState === 1 ? 1 : 0),
  );
  metrics.gauge('redis_up', 'Whether Redis is connected', [], (gauge) => gauge.set(redis.status === 'ready' ? 1 : 0));
}

/** Takes a port; from here on health is answered, whatever the stores do. */
export async function listen(app: NestExpressApplication, port: number): Promise<string> {
  await app.listen(port);
  const server = app.getHttpServer() as Server;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts what the roles do besides HTTP, as soon as the database is there; none of it waits for the other. */
export async function start(
  app: NestExpressApplication,
  config: Config,
  transport: EventTransport | undefined,
  isClosed: () => boolean,
): Promise<void> {
  await app.get(Mongo).ready();
  if (isClosed()) return;
  if (config.roles.has('jobs')) app.get(JobWorkers).start();
  if (config.roles.has('schedules')) app.get(JobTimer).start();
  if (transport) await app.startAllMicroservices();
}

/** Stops intake, lets what runs finish up to the deadline, closes the stores last. */
export async function close(app: NestExpressApplication, config: Config): Promise<void> {
  app.get(Health).stop();
  const server = app.getHttpServer() as Server;
  // A kept connection that is between two requests would hold the server open until it times out.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), config.shutdownDeadline);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
