import type { ServiceName } from '@idxcoop/contracts';
import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { currentTrace, runInTrace, traceparent } from '../trace';

const QUIET = new Set(['/health/live', '/health/ready', '/metrics']);

/**
 * Puts each request into its trace, and writes a line and a duration when it is answered: with the pattern of its route,
 * since paths and queries may hold tokens and names.
 */
export function observeRequests(service: ServiceName, log: Log, metrics: Metrics) {
  const durations = metrics.histogram('http_request_duration_seconds', 'Time until an answer was sent', [
    'method',
    'route',
    'status',
  ]);
  return (request: Request, response: Response, next: NextFunction): void => {
    runInTrace(
      request.header('traceparent'),
      () => {
        const trace = currentTrace();
        const started = process.hrtime.bigint();
        response.set('traceparent', traceparent());
        response.on('close', () => {
          const seconds = Number(process.hrtime.bigint() - started) / 1e9;
          const route = typeof request.route?.path === 'string' ? request.route.path : 'none';
          const status = response.writableFinished ? response.statusCode : 499;
          durations.observe({ method: request.method, route, status: String(status) }, seconds);
          if (QUIET.has(route)) return;
          log.info(
            { method: request.method, route, status, ms: Math.round(seconds * 1_000), traceId: trace?.traceId },
            'request',
          );
        });
        next();
      },
      { service, role: 'api' },
    );
  };
}
