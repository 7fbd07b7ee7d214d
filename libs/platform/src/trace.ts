import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { ServiceName } from '@idxcoop/contracts';
import type { Role } from './config-values';

/** What belongs to one request, event or job while it runs. */
export interface TraceContext {
  traceId: string;
  spanId: string;
  flags: string;
  service?: ServiceName;
  role?: Role;
  /** The claim of the idempotency key of this request, if it carried one. */
  claim?: { id: string; claimId: string; status: number; recorded: boolean };
}

const storage = new AsyncLocalStorage<TraceContext>();
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;

/** Runs a piece of work in the trace that a `traceparent` of the wire names, or in a new one. */
export function runInTrace<T>(
  traceparent: string | undefined,
  fn: () => T,
  about: { service?: ServiceName; role?: Role } = {},
): T {
  const match = TRACEPARENT.exec(traceparent ?? '');
  const known = match && !/^0+$/.test(match[1] ?? '');
  const spanId = randomBytes(8).toString('hex');
  const context: TraceContext = known
    ? { traceId: match[1] as string, spanId, flags: match[2] as string, ...about }
    : { traceId: randomBytes(16).toString('hex'), spanId, flags: '01', ...about };
  return storage.run(context, fn);
}

/** The context of the work that is running. */
export function currentTrace(): TraceContext | undefined {
  return storage.getStore();
}

/** The W3C header for what this work asks of others: they become children of its span. Undefined outside of any work. */
export function traceparent(): string | undefined {
  const context = storage.getStore();
  return context && `00-${context.traceId}-${context.spanId}-${context.flags}`;
}
