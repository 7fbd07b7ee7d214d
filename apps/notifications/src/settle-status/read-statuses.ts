import type { ReceivedStatus } from './status-receipt.schema';

const STATUSES = ['sent', 'delivered', 'read', 'failed'];

type Json = Record<string, unknown>;

const list = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter((item) => item && typeof item === 'object') : [];
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/**
 * The statuses in a webhook call, without phone numbers, names and texts. What we do not know (other fields, statuses to
 * come) is passed over: it must not make Meta repeat the call for a week.
 */
export function readStatuses(body: unknown, hash: (providerId: string) => string): ReceivedStatus[] {
  return list((body as Json | null)?.entry)
    .flatMap(({ changes }) => list(changes))
    .filter(({ field }) => field === 'messages')
    .flatMap(({ value }) => list((value as Json | null)?.statuses))
    .flatMap((status) => readStatus(status, hash) ?? []);
}

function readStatus(status: Json, hash: (providerId: string) => string): ReceivedStatus | undefined {
  const name = text(status.status);
  const seconds = Number(status.timestamp);
  if (!name || !STATUSES.includes(name) || !Number.isFinite(seconds)) return undefined;
  const providerId = text(status.id);
  const deliveryId = text(status.biz_opaque_callback_data);
  const code = list(status.errors)[0]?.code;
  return {
    status: name as ReceivedStatus['status'],
    at: new Date(seconds * 1000),
    ...(deliveryId && { deliveryId }),
    ...(providerId && { providerIdHash: hash(providerId) }),
    ...(name === 'failed' && { code: typeof code === 'number' ? String(code) : 'failed' }),
  };
}
