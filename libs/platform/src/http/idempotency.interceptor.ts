import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/internal';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { createHash } from 'node:crypto';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { AccessRequest } from '../auth/access';
import { bearer } from '../auth/access.guard';
import { Log } from '../log';
import { Derivation } from '../secrets/derivation';
import { currentTrace, type TraceContext } from '../trace';
import { IdempotencyKeys } from './idempotency-keys';
import type { IdempotencyRecord } from './idempotency.schema';
import { Problem } from './problem';
import { documentOf, toProblem } from './problem.filter';
import { malformed } from './problems.templates';

export const IDEMPOTENT = 'idxcoop:idempotent';
/** Answers that say "not now" or "not you" are not an outcome: the key stays free. */
const NOT_AN_OUTCOME = new Set([401, 403, 408, 425, 429]);

type Claim = NonNullable<TraceContext['claim']>;

interface Options {
  fill?: string;
  location?: (answer: unknown) => string;
}

/** Runs a handler once per idempotency key, and gives out its stored answer afterwards. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(IdempotencyKeys) private readonly keys: IdempotencyKeys,
    @Inject(Derivation) private readonly derivation: Derivation,
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(Log) private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.run(context, next));
  }

  private async run(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    const options = this.reflector.get<Options>(IDEMPOTENT, context.getHandler()) ?? {};
    const trace = currentTrace();
    const key = request.header('Idempotency-Key');
    if (key === undefined || !trace) return this.give(await lastValueFrom(next.handle()), options, context);
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw malformed({ detail: 'Idempotency-Key: 1–255 ASCII' });

    const found = await this.keys.claim({
      route: `${request.method} ${request.route?.path ?? request.path}`,
      caller: this.callerOf(request),
      key: this.derivation.hash('idempotency-key', key),
      fingerprint: this.fingerprint(request),
      status: this.reflector.get<number>(HTTP_CODE_METADATA, context.getHandler()) ?? 201,
    });
    if ('stored' in found) return this.replay(found.stored, options, context);

    trace.claim = found.claim;
    try {
      const answer = await lastValueFrom(next.handle());
      await this.complete(found.claim, answer, options, response);
      return await this.give(answer, options, context);
    } catch (error) {
      await this.settle(found.claim, error, request);
      throw error;
    }
  }

  /** Stores what `record` could not know yet, or everything where the handler did not record. */
  private async complete(claim: Claim, answer: unknown, options: Options, response: Response): Promise<void> {
    const { statusCode: status } = response;
    const location = options.location ? undefined : response.get('Location');
    if (claim.recorded && status === claim.status && !location) return;
    await this.keys.finish(claim, { status, answer, ...(location && { location }) }).catch((error) => {
      // Where the effect was recorded, its answer is too: only status and location are missing.
      this.log.warn({ err: error }, 'an idempotent answer was not completed');
    });
  }

  /** A refusal is an answer like another and is stored; what failed on our side frees the key. */
  private async settle(claim: Claim, error: unknown, request: AccessRequest): Promise<void> {
    const refusal = toProblem(error, request);
    const { status } = refusal.kind;
    const outcome = status < 500 && !NOT_AN_OUTCOME.has(status) && refusal.code !== 'idempotency_in_progress';
    const done = outcome ? this.keys.refuse(claim, status, documentOf(refusal, request)) : this.keys.release(claim);
    await done.catch((failure) =>
      this.log.warn({ err: failure }, 'an idempotency key stays claimed until its lease ends'),
    );
  }

  private async replay(stored: IdempotencyRecord, options: Options, context: ExecutionContext): Promise<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    response.set('Idempotent-Replayed', 'true').status(stored.status ?? 200);
    if (stored.location) response.set('Location', stored.location);
    if (stored.problem) {
      const { title, status, code, ...rest } = stored.answer as { title: string; status: number; code: string };
      throw new Problem({ code, status, title: { id: title, en: title } }, rest);
    }
    return this.give(stored.answer, options, context);
  }

  /** The answer as the caller gets it: with its location and with the tokens that are never stored. */
  private async give(answer: unknown, options: Options, context: ExecutionContext): Promise<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    if (options.location && !response.get('Location')) response.set('Location', options.location(answer));
    if (!options.fill) return answer;
    const controller = this.modules.get<Record<string, (answer: unknown, request: unknown) => unknown>>(
      context.getClass(),
      {
        strict: false,
      },
    );
    const fill = controller[options.fill];
    if (!fill) throw new Error(`${context.getClass().name} has no method ${options.fill} to fill in an answer`);
    return fill.call(controller, answer, context.switchToHttp().getRequest());
  }

  /** Where a handler checks a token itself, nobody but its holder is given the answer, and holders do not share their keys. */
  private callerOf(request: AccessRequest): string {
    if (request.caller) return request.caller.subject;
    const token = bearer(request.headers.authorization);
    return token ? `token:${this.derivation.hash('idempotency-caller', token)}` : 'public';
  }

  private fingerprint(
    request: AccessRequest & { rawBody?: Buffer; file?: { buffer?: Buffer; checksum?: string } },
  ): string {
    // A file that was streamed on brings its own sum.
    const file =
      request.file?.checksum ??
      (request.file?.buffer && createHash('sha256').update(request.file.buffer).digest('hex'));
    return this.derivation.hash(
      'idempotency-body',
      JSON.stringify([request.originalUrl, canonical(request.body ?? null), file ?? null]),
    );
  }
}

/** The same value whatever the order of the members. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, canonical(member)]));
}
