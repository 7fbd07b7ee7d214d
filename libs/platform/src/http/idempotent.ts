import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IDEMPOTENT, IdempotencyInterceptor } from './idempotency.interceptor';

export interface IdempotentOptions {
  /** A method of the same controller that gets the token-less answer (and the request) and returns it with its tokens. */
  fill?: string;
  /** The `Location` of an answer, for the first one and for replays. */
  location?: (answer: never) => string;
}

/**
 * A POST that takes `Idempotency-Key`: the same key and body get the stored answer. Above an interceptor that reads a file,
 * so that the file counts as body.
 */
export const Idempotent = (options: IdempotentOptions = {}) =>
  applyDecorators(
    SetMetadata(IDEMPOTENT, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', maxLength: 255 } }),
  );
