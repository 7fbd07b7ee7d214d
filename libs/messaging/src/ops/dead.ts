import type { ServiceName } from '@idxcoop/contracts';
import type { mongo } from 'mongoose';
import type { RetryRow } from '../collections';
import type { Installation } from './installation';

/** Which rows of `retries` a command is about; all that is given must hold. */
export interface DeadFilter {
  service?: string;
  consumer?: string;
  event?: string;
  reason?: string;
  errorClass?: string;
  errorCode?: string;
  eventId?: string;
  /** The id of the aggregate. */
  aggregate?: string;
  id?: string;
  /** Of the last attempt. */
  from?: Date;
  until?: Date;
  /** Default `dead`; `waiting` shows what is between two attempts. */
  state?: RetryRow['state'];
}

/** A dead letter in a list: without its body and stack. */
export interface DeadLetter {
  id: string;
  consumer: string;
  event: string;
  eventId: string;
  aggregate?: string;
  state: RetryRow['state'];
  reason: string;
  error?: { class: string; code?: string | number; message?: string };
  attempts: number;
  firstAt: Date;
  lastAt: Date;
  traceId?: string;
}

export interface DeadGroup {
  consumer: string;
  event: string;
  reason: string;
  error: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
  /** One of them, for `dead show`. */
  example: string;
}

/** Dead letters, the last to die first. */
export async function deadList(installation: Installation, filter: DeadFilter = {}, limit = 50): Promise<DeadLetter[]> {
  const found = await each(installation, filter, async (rows) =>
    rows
      .find(where(filter), { projection: { body: 0, 'error.stack': 0 } })
      .sort({ lastAt: -1 })
      .limit(limit)
      .toArray(),
  );
  return found
    .flat()
    .sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime())
    .slice(0, limit)
    .map(letter);
}

/** Dead letters by consumer, event, reason and error, the most frequent first. */
export async function deadGroups(installation: Installation, filter: DeadFilter = {}): Promise<DeadGroup[]> {
  const groups = await each(installation, filter, async (rows) =>
    rows
      .aggregate<
        Omit<DeadGroup, 'consumer' | 'event' | 'reason' | 'error'> & {
          _id: { c: string; t: string; r: string; e?: string; k?: string | number };
        }
      >([
        { $match: where(filter) },
        {
          $group: {
            _id: { c: '$consumer', t: '$type', r: '$reason', e: '$error.class', k: '$error.code' },
            count: { $sum: 1 },
            firstAt: { $min: '$firstAt' },
            lastAt: { $max: '$lastAt' },
            example: { $first: '$_id' },
          },
        },
      ])
      .toArray(),
  );
  return groups
    .flat()
    .map(({ _id, ...rest }) => ({
      consumer: _id.c,
      event: _id.t,
      reason: _id.r,
      error: [_id.e, _id.k].filter((part) => part !== undefined && part !== null).join(' '),
      ...rest,
    }))
    .sort((a, b) => b.count - a.count);
}

/** Everything of one dead letter, its body and stack included. */
export async function deadShow(installation: Installation, id: string): Promise<RetryRow | undefined> {
  const found = await each(installation, { consumer: id.split('/')[0] ?? '' }, (rows) => rows.findOne({ _id: id }));
  return found.find((row) => row !== null) ?? undefined;
}

/** Asks the services that a filter is about, one after another. */
export async function each<T>(
  installation: Installation,
  filter: DeadFilter,
  use: (rows: mongo.Collection<RetryRow>, service: ServiceName) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const service of installation.servicesOf(filter))
    results.push(await use(await installation.retries(service), service));
  return results;
}

/** A filter as MongoDB takes it. */
export function where(filter: DeadFilter): mongo.Filter<RetryRow> {
  const {
    consumer,
    event,
    reason,
    errorClass,
    errorCode,
    eventId,
    aggregate,
    id,
    from,
    until,
    state = 'dead',
  } = filter;
  const code = errorCode !== undefined && /^\d+$/.test(errorCode) ? { $in: [errorCode, Number(errorCode)] } : errorCode;
  return {
    state,
    ...(id && { _id: id }),
    ...(consumer && { consumer }),
    ...(event && { type: event }),
    ...(reason && { reason }),
    ...(errorClass && { 'error.class': errorClass }),
    ...(code && { 'error.code': code }),
    ...(eventId && { eventId }),
    ...(aggregate && { partitionKey: aggregate }),
    ...((from || until) && { lastAt: { ...(from && { $gte: from }), ...(until && { $lte: until }) } }),
  } as mongo.Filter<RetryRow>;
}

function letter(row: RetryRow): DeadLetter {
  const {
    _id: id,
    consumer,
    type: event,
    eventId,
    partitionKey,
    state,
    reason,
    error,
    attempt,
    firstAt,
    lastAt,
    traceId,
  } = row;
  return {
    id,
    consumer,
    event,
    eventId,
    ...(partitionKey && { aggregate: partitionKey }),
    state,
    reason,
    ...(error && {
      error: {
        class: error.class,
        ...(error.code !== undefined && { code: error.code }),
        ...(error.message && { message: error.message }),
      },
    }),
    attempts: attempt,
    firstAt,
    lastAt,
    ...(traceId && { traceId }),
  };
}
