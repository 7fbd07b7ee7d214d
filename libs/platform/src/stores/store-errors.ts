const AWAY = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongooseServerSelectionError',
  'MaxRetriesPerRequestError',
]);

/** Codes of a server that is there but is not (or no longer) able to work: shutting down, no primary. */
const AWAY_CODES = new Set([6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436]);

/** Whether an error says that a store does not answer, so that the same question may be put again later. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY.has(error.name) || AWAY.has(error.constructor.name)) return true;
  if (error.name === 'MongooseError')
    return /buffering timed out|not connected|connection.* closed/i.test(error.message);
  const { code, hasErrorLabel } = error as { code?: unknown; hasErrorLabel?: (label: string) => boolean };
  if (error.name === 'MongoServerError' && typeof code === 'number' && AWAY_CODES.has(code)) return true;
  return hasErrorLabel?.call(error, 'TransientTransactionError') ?? false;
}

/** Whether an error is a unique index speaking; with a name, that one index. */
export function isDuplicate(error: unknown, index?: string): boolean {
  const { code, message, keyPattern } = (error ?? {}) as { code?: unknown; message?: string; keyPattern?: object };
  if (code !== 11000) return false;
  if (!index) return true;
  return (message ?? '').includes(index) || Object.keys(keyPattern ?? {}).join('_') === index;
}
