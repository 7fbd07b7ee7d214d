import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ServiceName } from '@idxcoop/contracts';
import type { RequestListener } from 'node:http';
import { checkDeclaredAccess } from './auth/declared-access';
import { Config, loadConfig } from './config';
import { Health } from './health/health';
import { openapiOf, serveOpenapi } from './http/openapi';
import { prepareHttp } from './http/prepare-http';
import { JobRegistry } from './jobs/job-registry';
import { Log } from './log';
import { Metrics } from './metrics';
import { NestLogger } from './nest-logger';
import { PlatformModule } from './platform.module';
import { close, listen, requireStores, start, transportOf } from './service-life';

/** The module of a service: its table of contents, and its name. */
export interface ServiceModule {
  new (...args: never[]): object;
  readonly service: ServiceName;
}

export interface ServiceOptions {
  /** A whole configuration, or what differs from that of the environment. */
  config?: Config | Partial<Config>;
  /** Take the place of the platform's providers of the same token. */
  overrides?: Provider[];
  /** Whether it gets a port of its own (`config.port`; 0 is any free one). */
  listen?: boolean;
}

/** A service that was started. */
export interface RunningService {
  readonly app: NestExpressApplication;
  readonly service: ServiceName;
  readonly config: Config;
  /** Where it listens, if it does. */
  readonly url: string | undefined;
  /** Answers HTTP requests; for mounting several services on one server. */
  readonly handler: RequestListener;
  readonly metrics: Metrics;
  readonly health: Health;
  /** Resolves when all roles work; waits for stores that are away. Rejects where waiting does not help. */
  readonly started: Promise<void>;
  openapi(): OpenAPIObject;
  /** Stops intake, drains, closes the stores. */
  close(): Promise<void>;
}

@Module({})
class ServiceRoot {}

/** Starts a service in this process, with container, connections and metrics of its own. */
export async function createService(module: ServiceModule, options: ServiceOptions = {}): Promise<RunningService> {
  const { service } = module;
  const config = options.config instanceof Config ? options.config : loadConfig().with(options.config ?? {});
  const platform = PlatformModule.forService(service, config, options.overrides);
  const root: DynamicModule = { module: ServiceRoot, imports: [platform, module as never] };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    bodyParser: false,
    rawBody: true,
    abortOnError: false,
    logger: new NestLogger(new Log(config.logLevel, { service })),
  });
  try {
    checkDeclaredAccess(app.get(DiscoveryService));
    app.get(JobRegistry).all();
    prepareHttp(app, service);
    requireStores(app);
    if (config.roles.has('api')) serveOpenapi(app, service);
    const transport = config.roles.has('events') ? transportOf(app) : undefined;
    if (transport) app.connectMicroservice({ strategy: transport.strategy });
    await app.init();
    const url = options.listen ? await listen(app, config.port) : undefined;
    let closed: Promise<void> | undefined;
    const isClosed = () => closed !== undefined;
    const started = start(app, config, transport, isClosed);
    started.catch(() => {});
    return {
      app,
      service,
      config,
      url,
      handler: app.getHttpAdapter().getInstance() as RequestListener,
      metrics: app.get(Metrics),
      health: app.get(Health),
      started,
      openapi: () => openapiOf(app, service),
      close: () => {
        closed ??= close(app, config);
        return closed;
      },
    };
  } catch (error) {
    await app.close().catch(() => {});
    throw error;
  }
}
