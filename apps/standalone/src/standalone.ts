import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Config, createService, Log, type RunningService, type ServiceModule } from '@idxcoop/platform';
import { ContentIndexingModule } from '../../content-indexing/src/content-indexing.module';
import { NotificationsModule } from '../../notifications/src/notifications.module';
import { OnboardingModule } from '../../onboarding/src/onboarding.module';
import { ReportingModule } from '../../reporting/src/reporting.module';
import { edge } from './edge';

/** The four services, in the order in which they are started. */
export const MODULES: readonly ServiceModule[] = [
  OnboardingModule,
  NotificationsModule,
  ContentIndexingModule,
  ReportingModule,
];

export interface Standalone {
  readonly url: string;
  readonly services: readonly RunningService[];
  close(): Promise<void>;
}

/** All four services in one process behind one port, each with container, connections and metrics of its own. */
export async function startStandalone(config: Config): Promise<Standalone> {
  const log = new Log(config.logLevel, { service: 'standalone' });
  // The edge never routes /internal: questions between the services go over loopback ports of their own.
  const internal = await Promise.all(MODULES.map(() => listen(createServer(), 0, '127.0.0.1')));
  const [onboardingUrl = '', notificationsUrl = '', contentUrl = '', reportingUrl = ''] = internal.map(addressOf);
  const own = config.with({ onboardingUrl, notificationsUrl, contentUrl, reportingUrl });
  const services: RunningService[] = [];
  try {
    for (const [index, module] of MODULES.entries()) {
      const service = await createService(module, { config: own });
      services.push(service);
      internal[index]?.on('request', internalOnly(service.handler));
    }
    const server = await listen(createServer(edge(services, own)), config.port);
    const url = addressOf(server);
    log.info({ at: url, roles: [...config.roles] }, 'listening');
    for (const { started, service } of services) {
      started.then(() => log.info({ of: service }, 'started'), failed);
    }
    return { url, services, close: () => closeAll([server, ...internal], services) };
  } catch (error) {
    await closeAll(internal, services);
    throw error;
  }
}

/** A service that cannot start although its stores are there ends the program: waiting does not help. */
function failed(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

function internalOnly(handler: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url?.startsWith('/internal/')) handler(request, response);
    else response.writeHead(404).end();
  };
}

function listen(server: Server, port: number, host?: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Intake first, then the services side by side: they may still ask each other while they drain. */
async function closeAll([server, ...internal]: Server[], services: readonly RunningService[]): Promise<void> {
  server?.close();
  server?.closeIdleConnections();
  await Promise.allSettled(services.map((service) => service.close()));
  for (const each of [server, ...internal]) {
    each?.close();
    each?.closeAllConnections();
  }
}
