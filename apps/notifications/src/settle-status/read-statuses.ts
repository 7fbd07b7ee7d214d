import { type Change, instant, type Json, list, text } from '../receive-webhook/json';
import type { ReceivedStatus } from './status-receipt.schema';

const STATUSES = ['sent', 'delivered', 'read', 'failed'];
/** Our ids; whatever else comes back was not sent by us. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The statuses in a webhook call, without phone numbers, names and texts. What we do not know (other fields, statuses to
 * come) is passed over: it must not make Meta repeat the call for a week.
 */
export function readStatuses(changes: Change[], hash: (providerId: string) => string): ReceivedStatus[] {
  return changes
    .filter(({ field }) => field === 'messages')
    .flatMap(({ value }) => list(value.statuses))
    .flatMap((status) => readStatus(status, hash) ?? []);
}

function readStatus(status: Json, hash: (providerId: string) => string): ReceivedStatus | undefined {
  const name = text(status.status);
  const at = instant(status.timestamp);
  if (!name || !STATUSES.includes(name) || !at) return undefined;
  const providerId = text(status.id);
  const ours = text(status.biz_opaque_callback_data);
  const deliveryId = ours && UUID.test(ours) ? ours : undefined;
  const code = list(status.errors)[0]?.code;
  return {
    status: name as ReceivedStatus['status'],
    at,
    ...(deliveryId && { deliveryId }),
    ...(providerId && { providerIdHash: hash(providerId) }),
    ...(name === 'failed' && { code: typeof code === 'number' ? String(code) : 'failed' }),
  };
}
