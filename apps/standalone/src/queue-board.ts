import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import {
  forbidden,
  JobRegistry,
  Queues,
  refuseRequest,
  type RunningService,
  Tokens,
  unauthenticated,
} from '@idxcoop/platform';
import { type RequestHandler, Router } from 'express';

/**
 * The queue board, for the role `operations` only. A browser cannot send a bearer token by itself: it asks for a password, and the
 * password is the token (any user name).
 */
export function queueBoard(services: readonly RunningService[]): RequestHandler {
  const adapter = new ExpressAdapter();
  adapter.setBasePath('/ops/queues');
  const queues = services.flatMap(({ app }) =>
    app
      .get(JobRegistry)
      .all()
      .map(({ queue }) => new BullMQAdapter(app.get(Queues).get(queue), { readOnlyMode: true })),
  );
  createBullBoard({ queues, serverAdapter: adapter });
  return Router().use(operationsOnly(services), adapter.getRouter() as RequestHandler);
}

function operationsOnly([service]: readonly RunningService[]): RequestHandler {
  const tokens = service?.app.get(Tokens);
  return async (request, response, next) => {
    const token = tokenOf(request.headers.authorization);
    const caller = token ? await tokens?.readUser(token) : null;
    if (caller?.has('operations')) return next();
    const headers = { 'WWW-Authenticate': 'Basic realm="IDXCOOP operations"' };
    refuseRequest(caller ? forbidden() : unauthenticated({ headers }), request, response);
  };
}

function tokenOf(header = ''): string | undefined {
  const [scheme = '', value = ''] = header.split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':');
}
