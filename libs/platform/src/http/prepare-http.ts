import { ModuleRef, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { ServiceName } from '@idxcoop/contracts';
import { AccessGuard } from '../auth/access.guard';
import { API_KEYS, type ApiKeyReader } from '../auth/api-keys';
import { Tokens } from '../auth/tokens';
import { Config } from '../config';
import { Log } from '../log';
import { Metrics } from '../metrics';
import { JSON_TYPES, readLargeBodies } from './body-limit';
import { MediaTypeGuard } from './media-type.guard';
import { observeRequests } from './observe-requests';
import { ProblemFilter, send } from './problem.filter';
import { notFound } from './problems.templates';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimits } from './rate-limits';
import { saneBody } from './sane-body';
import { secureHeaders } from './secure-headers';
import { ValidationPipe } from './validation.pipe';

/** What holds for every request of a service, before any route sees it. */
export function prepareHttp(app: NestExpressApplication, service: ServiceName): void {
  const config = app.get(Config);
  const log = app.get(Log);
  const reflector = app.get(Reflector);
  app.set('etag', false);
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(observeRequests(service, log, app.get(Metrics)));
  app.use(secureHeaders(config));
  if (!config.roles.has('api')) app.use(onlyHealth);
  readLargeBodies(app);
  app.useBodyParser('json', { limit: config.bodyLimit, type: JSON_TYPES });
  app.useBodyParser('urlencoded', { limit: config.bodyLimit, extended: false });
  app.use(saneBody);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(
    new AccessGuard(reflector, app.get(Tokens), apiKeysOf(app)),
    new RateLimitGuard(reflector, app.get(RateLimits), config),
    new MediaTypeGuard(reflector),
  );
}

/** A process without role `api` answers operations only. */
function onlyHealth(request: Request, response: Response, next: NextFunction): void {
  if (/^\/(health\/|metrics$)/.test(request.path)) next();
  else send(notFound(), request, response);
}

/** Who knows the API keys, in a service that has routes for partners. */
function apiKeysOf(app: NestExpressApplication): ApiKeyReader | undefined {
  try {
    // Not asked of the application itself, which takes a missing provider for a failed start.
    return app.get(ModuleRef).get<ApiKeyReader>(API_KEYS, { strict: false });
  } catch {
    return undefined;
  }
}
