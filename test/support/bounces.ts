import { newId } from '@idxcoop/platform';

/** Who our mails of a test went to. */
export const ADDRESS = 'siti@majubersama.example';

export interface Bounce {
  action?: string;
  status?: string;
  diagnostic?: string;
  envelopeId?: string;
  returned?: string;
}

/** A delivery status notification as Postfix writes it. */
export function dsn(deliveryId: string, { action = 'failed', status = '5.1.1', ...fields }: Bounce = {}): string {
  const { diagnostic = `smtp; 550 5.1.1 <${ADDRESS}>: no such user`, envelopeId, returned = 'message/rfc822' } = fields;
  return [
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'To: no-reply@idxcoop.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="9B095B5ADSN=_mx/example"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--9B095B5ADSN=_mx/example',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `I'm sorry: <${ADDRESS}> does not exist. Message-ID: <${newId()}@other.example>`,
    '',
    '--9B095B5ADSN=_mx/example',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    ...(envelopeId ? [`Original-Envelope-Id: ${envelopeId}`] : []),
    '',
    `Final-Recipient: rfc822; ${ADDRESS}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: ${diagnostic.slice(0, 20)}`,
    `    ${diagnostic.slice(20)}`,
    '',
    '--9B095B5ADSN=_mx/example',
    `Content-Type: ${returned}`,
    '',
    'From: IDXCOOP <no-reply@idxcoop.example>',
    `To: ${ADDRESS}`,
    `Message-ID:`,
    ` <${deliveryId}@idxcoop.example>`,
    'Subject: Kode verifikasi',
    '',
    'isi surat',
    '',
    '--9B095B5ADSN=_mx/example--',
    '',
  ].join('\r\n');
}

/** A complaint as the feedback loops of mailbox providers send it. */
export function complaint(deliveryId: string, type = 'abuse'): string {
  return [
    'From: <abuse@provider.example>',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'This is an abuse report',
    '--part',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    '--part',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: <${deliveryId}@idxcoop.example>`,
    `To: ${ADDRESS}`,
    '',
    'isi surat',
    '--part--',
  ].join('\n');
}
