import { fieldsOf, type MailPart, partOf, partsOf } from './mail-parts';
import type { ReceivedStatus } from './status-receipt.schema';

/** What a mail says of one of ours. Nothing else of it is kept: bounces quote addresses, texts and whole mails. */
export interface MailReport {
  kind: 'delivery' | 'complaint' | 'other';
  statuses: ReceivedStatus[];
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/i;
const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/;

const STATUS_TYPES = ['message/delivery-status', 'message/global-delivery-status'];
const RETURNED_TYPES = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
];

/** Feedback that is no complaint: a mail that was wanted after all, and news of our own set-up. */
const NO_COMPLAINT = new Set(['not-spam', 'auth-failure', 'virus']);

/**
 * Reads a delivery status notification (RFC 3464) or a complaint (RFC 5965). Anybody may write to the mailbox that these come
 * from, so they are believed about one thing only: the mail whose id they name, which nobody knows but who got it.
 */
export function readMailReport(mail: Buffer, at: Date): MailReport {
  const parts = partsOf(mail);
  const feedback = parts.find(({ type }) => type === 'message/feedback-report');
  const delivery = parts.find(({ type }) => STATUS_TYPES.includes(type));
  const deliveryId = idIn(parts, feedback ?? delivery);
  if (feedback) {
    const isComplaint = !NO_COMPLAINT.has(fieldsOf(feedback.body).get('feedback-type')?.toLowerCase() ?? '');
    if (!isComplaint) return { kind: 'other', statuses: [] };
    return { kind: 'complaint', statuses: deliveryId ? [{ deliveryId, status: 'complained', at }] : [] };
  }
  if (!delivery) return { kind: 'other', statuses: [] };
  const told = recipientsOf(delivery).flatMap((fields) => statusOf(fields) ?? []);
  return { kind: 'delivery', statuses: deliveryId ? told.map((status) => ({ deliveryId, at, ...status })) : [] };
}

/** The id of our mail: the envelope's, where it came back, else of the header that was returned. */
function idIn(parts: MailPart[], report: MailPart | undefined): string | undefined {
  const envelope = report && fieldsOf(report.body).get('original-envelope-id');
  const returned = parts.find(({ type }) => RETURNED_TYPES.includes(type));
  const headers = returned && partOf(returned.body.replace(/^\n+/, '')).headers;
  for (const text of [envelope, headers?.get('message-id'), headers?.get('x-delivery-id')]) {
    const id = UUID.exec(text ?? '')?.[0].toLowerCase();
    if (id) return id;
  }
  return undefined;
}

/** The groups of fields after the first, which is about the mail as a whole. */
function recipientsOf({ body }: MailPart): Map<string, string>[] {
  return body
    .trim()
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('action'))
    .slice(0, 20);
}

/** A delay says nothing yet. What was handed on to where no notice comes from, or to a list, has left for good. */
function statusOf(fields: Map<string, string>): Pick<ReceivedStatus, 'status' | 'code'> | undefined {
  switch (fields.get('action')?.toLowerCase()) {
    case 'failed':
      return { status: 'failed', code: `bounced_${enhancedOf(fields)}` };
    case 'delivered':
      return { status: 'delivered' };
    case 'relayed':
    case 'expanded':
      return { status: 'sent' };
    default:
      return undefined;
  }
}

/** The code of the failure; where it is a general one, that of the server's own words. */
function enhancedOf(fields: Map<string, string>): string {
  const status = ENHANCED.exec(fields.get('status') ?? '')?.[0];
  const said = ENHANCED.exec(fields.get('diagnostic-code') ?? '')?.[0];
  const isGeneral = !status || status.endsWith('.0.0');
  return (isGeneral ? said : status) ?? status ?? '5.0.0';
}
