import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor';

export const IDEMPOTENT = 'idxcoop:idempotent';

export interface IdempotentOptions {
  /** A method of the same controller that gets the token-less answer (and the request) and returns it with its tokens. */
  fill?: string;
  /** The `Location` of an answer, for the first one and for replays. */
  // biome-ignore lint: the answer's type belongs to the handler
  location?: (answer: never) => string;
}

/** A POST that takes `Idempotency-Key`: the same key and body get the stored answer. */
export const Idempotent = (options: IdempotentOptions = {}) =>
  applyDecorators(
    SetMetadata(IDEMPOTENT, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', maxLength: 255 } }),
  );
