import { Injectable } from '@nestjs/common';
import pino from 'pino';
import { describeError } from './describe-error';
import { currentTrace } from './trace';

/** Fields that hold something of a person, or a secret: their values are never written, however deep they are. */
const PERSONAL = new Set([
  'name',
  'email',
  'phone',
  'address',
  'to',
  'contact',
  'recipient',
  'text',
  'html',
  'subject',
  'note',
  'code',
  'token',
  'statusToken',
  'link',
  'authorization',
  'cookie',
  'password',
  'secret',
  'url',
  'query',
  'body',
  'headers',
]);

const destination = pino.destination({ fd: 2, sync: true });

function write(level: string, base: object, to: pino.DestinationStream): pino.Logger {
  return pino(
    {
      level,
      base,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => redact(fields) as Record<string, unknown> },
      serializers: { err: (error: unknown) => describeError(error) },
      mixin: () => {
        const trace = currentTrace();
        if (!trace) return {};
        return { traceId: trace.traceId, ...(trace.role && { role: trace.role }) };
      },
    },
    to,
  );
}

/** The log of a service: JSON lines on standard error, with the trace they belong to, without personal fields. */
@Injectable()
export class Log {
  private readonly logger: pino.Logger;

  constructor(level = 'info', base: object = {}, to: pino.DestinationStream = destination) {
    this.logger = write(level, base, to);
  }

  debug(fields: object, message: string): void {
    this.logger.debug(fields, message);
  }

  info(fields: object, message: string): void {
    this.logger.info(fields, message);
  }

  warn(fields: object, message: string): void {
    this.logger.warn(fields, message);
  }

  /** An error goes under `err`: class, code and stack, and its message only where it cannot quote a person's data. */
  error(fields: object, message: string): void {
    this.logger.error(fields, message);
  }

  fatal(fields: object, message: string): void {
    this.logger.fatal(fields, message);
  }
}

function redact(value: unknown, depth = 0): unknown {
  if (!value || typeof value !== 'object' || value instanceof Error || value instanceof Date || depth > 4) return value;
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  const entries = Object.entries(value).map(([field, inner]) => {
    // What describes an error was cleaned by describeError; its `code` is not a person's.
    if (field === 'err' || field === 'reason') return [field, inner];
    return [field, PERSONAL.has(field) && inner !== undefined ? '[redacted]' : redact(inner, depth + 1)];
  });
  return Object.fromEntries(entries) as object;
}
