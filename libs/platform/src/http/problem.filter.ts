import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Log } from '../log';
import { ServiceUnavailable } from '../service-client';
import { isAway } from '../stores/store-errors';
import { currentTrace, runInTrace, traceparent } from '../trace';
import { allowedMethods } from './allowed-methods';
import { type Language, languageOf, say } from './language';
import { Problem, type ProblemKind } from './problem';
import * as kinds from './problems.templates';

/** Writes whatever was thrown as a problem document; never a stack, never a driver's words. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(Log) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const found = toProblem(error, request);
    if (found.kind.status === 500) this.log.error({ err: error, problem: found.code }, 'a request failed');
    else if (found.kind.status > 500) this.log.warn({ err: error, problem: found.code }, 'a request was refused');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    send(found, request, response);
  }
}

/** The problem document and its headers, as an answer. */
export function send(found: Problem, request: Request, response: Response): void {
  response.status(found.kind.status).set(headersOf(found));
  response.type('application/problem+json').set('Content-Language', languageOf(request.headers['accept-language']));
  response.send(JSON.stringify(documentOf(found, request)));
}

/** Answers a request that no service has seen: with its trace, as every other. */
export function refuseRequest(found: Problem, request: Request, response: Response): void {
  runInTrace(request.header('traceparent'), () => {
    response.set('traceparent', traceparent());
    send(found, request, response);
  });
}

/** The document of RFC 9457 for a problem, in the language of the request. */
export function documentOf(found: Problem, request: Request): Record<string, unknown> {
  const language: Language = languageOf(request.headers['accept-language']);
  const { detail, errors, headers: _, ...extensions } = found.more;
  return {
    type: `urn:idxcoop:problem:${found.code}`,
    title: say(found.kind.title, language),
    status: found.kind.status,
    code: found.code,
    detail: detailOf(found, language),
    instance: request.originalUrl.split('?')[0],
    traceId: currentTrace()?.traceId,
    ...(errors && { errors: errors.map((entry) => ({ ...entry, message: say(entry.message, language) })) }),
    ...extensions,
  };
}

/** What this occurrence says of itself, else its errors, else what its kind says. */
function detailOf({ kind, more: { detail, errors = [] } }: Problem, language: Language): string {
  if (detail !== undefined) return say(detail, language);
  const messages = new Set(errors.map(({ message }) => say(message, language)));
  return messages.size > 0 ? [...messages].join(' ') : say(kind.title, language);
}

function headersOf(found: Problem): Record<string, string> {
  const standard: Record<number, Record<string, string>> = {
    401: { 'WWW-Authenticate': 'Bearer' },
    429: { 'Retry-After': '60' },
    503: { 'Retry-After': '5' },
  };
  return { ...standard[found.kind.status], ...found.more.headers };
}

const BY_STATUS: Record<number, ProblemKind> = {
  400: kinds.malformed,
  401: kinds.unauthenticated,
  403: kinds.forbidden,
  404: kinds.notFound,
  405: kinds.methodNotAllowed,
  406: kinds.notAcceptable,
  409: kinds.conflict,
  410: kinds.gone,
  412: kinds.preconditionFailed,
  413: kinds.tooLarge,
  415: kinds.unsupportedMediaType,
  422: kinds.invalid,
  428: kinds.ifMatchRequired,
  429: kinds.rateLimited,
  503: kinds.unavailable,
};

/** What an error is to the one who asked. */
export function toProblem(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  if (isAway(error) || error instanceof ServiceUnavailable) return kinds.unavailable();
  const status = statusOf(error);
  if (status === 404 && !request.route) {
    const methods = allowedMethods(request);
    if (methods.length > 0 && !methods.includes(request.method)) {
      return kinds.methodNotAllowed({ headers: { Allow: methods.join(', ') } });
    }
  }
  const kind = BY_STATUS[status] ?? (status >= 400 && status < 500 ? kinds.malformed : kinds.internal);
  return kind();
}

/** Nest's exceptions carry a status, and so do those of the body parsers (`http-errors`) and multer. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { status, name, code } = (error ?? {}) as { status?: unknown; name?: string; code?: string };
  if (name === 'MulterError') return code === 'LIMIT_FILE_SIZE' ? 413 : 400;
  return typeof status === 'number' ? status : 500;
}
