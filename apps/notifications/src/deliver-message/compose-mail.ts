import MailComposer from 'nodemailer/lib/mail-composer';
import { writeMail } from '../template/mail';
import type { Letter } from './outcome';

/**
 * A mail as its bytes. Its Message-ID is the same at each attempt and on each server, so that a doubled mail can be told by who receives it.
 * Where it goes no further than this machine it says what it answers; the world learns nothing that it does not need.
 */
export async function composeMail(
  { message, template, address, language, variables, unsubscribeUrl }: Letter,
  from: string,
  isLocal: boolean,
): Promise<{ mail: Buffer; from: string }> {
  const { subject, text, html } = writeMail(template, variables, language);
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'idxcoop.example';
  const { preferencesUrl } = variables;
  const node = new MailComposer({
    from,
    to: address,
    subject,
    text,
    html,
    messageId: `<${message._id}@${domain}>`,
    date: message.plannedAt,
    headers: {
      'Content-Language': language,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(isLocal && {
        'X-Template': message.template,
        'X-Delivery-Id': message._id,
        'X-Cause-Id': message.cause,
      }),
      ...(unsubscribeUrl && {
        'List-Id': `IDXCOOP <${message.template.replaceAll('_', '-')}.${domain}>`,
        ...(preferencesUrl && { 'List-Help': `<${preferencesUrl}>` }),
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return { mail: await node.build(), from: node.getEnvelope().from || from };
}
