import { Config, describeError } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { writeMail } from '../template/mail';
import type { Channel, Letter, Outcome } from './outcome';
import { smtpRule } from '../provider/smtp-errors';

const CONNECT_DEADLINE = 10_000;
const SILENCE_DEADLINE = 20_000;

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/**
 * Mail by SMTP, one connection per message and no pool: a pool sends again by itself what it lost after the server may have
 * taken it. The message is given as a stream that begins only when the server has said "354 go on", so what happens before
 * is surely unsent, and what breaks after is unknown.
 */
@Injectable()
export class EmailChannel implements Channel {
  constructor(private readonly config: Config) {}

  async send(letter: Letter, beforeBytes: () => Promise<void>): Promise<Outcome> {
    if (!this.config.smtpUrl) return { kind: 'unsent', code: 'not_configured' };
    const { mail, from } = await this.compose(letter);
    let left = false;
    let refusedByUs: Error | undefined;
    const bytes = Readable.from(
      (async function* () {
        try {
          await beforeBytes();
        } catch (error) {
          refusedByUs = error as Error;
          throw error;
        }
        left = true;
        yield mail;
      })(),
      { objectMode: false },
    );
    try {
      const response = await this.transmit({ from, to: [letter.address], size: mail.length }, bytes);
      return { kind: 'accepted', providerId: response };
    } catch (error) {
      if (refusedByUs) throw refusedByUs;
      return judge(error as SmtpError, left);
    } finally {
      bytes.destroy();
    }
  }

  private async compose({
    message,
    template,
    address,
    language,
    variables,
    unsubscribeUrl,
  }: Letter): Promise<{ mail: Buffer; from: string }> {
    const { subject, text, html } = writeMail(template, variables, language);
    const from = this.config.smtpFrom;
    const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'idxcoop.example';
    const node = new MailComposer({
      from,
      to: address,
      subject,
      text,
      html,
      // The same at each attempt, so that a doubled mail can be told by who receives it.
      messageId: `<${message._id}@${domain}>`,
      date: message.plannedAt,
      headers: {
        'Content-Language': language,
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'X-Template': message.template,
        'X-Delivery-Id': message._id,
        'X-Cause-Id': message.cause,
        ...(unsubscribeUrl && {
          'List-Unsubscribe': `<${unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile();
    return { mail: await node.build(), from: node.getEnvelope().from || from };
  }

  private transmit(envelope: { from: string; to: string[]; size: number }, bytes: Readable): Promise<string> {
    const { auth, ...server } = parseConnectionUrl(this.config.smtpUrl);
    const connection = new SMTPConnection({
      ...server,
      connectionTimeout: CONNECT_DEADLINE,
      greetingTimeout: CONNECT_DEADLINE,
      socketTimeout: SILENCE_DEADLINE,
      logger: false,
    });
    return new Promise<string>((resolve, reject) => {
      const deadline = setTimeout(
        () => reject(Object.assign(new Error('SMTP took too long'), { code: 'ETIMEDOUT' })),
        60_000,
      );
      const fail = (error: Error) => {
        clearTimeout(deadline);
        reject(error);
      };
      const transfer = () =>
        connection.send(envelope, bytes, (error, info) => {
          clearTimeout(deadline);
          if (error) reject(error);
          else resolve(String(info?.response ?? ''));
        });
      connection.once('error', fail);
      connection.once('end', () => fail(Object.assign(new Error('SMTP connection ended'), { code: 'ECONNECTION' })));
      connection.connect((error) => {
        if (error) fail(error);
        else if (auth?.user && !connection.authenticated)
          connection.login(auth, (refused) => (refused ? fail(refused) : transfer()));
        else transfer();
      });
    }).finally(() => connection.close());
  }
}

/** A reply decides by itself, whenever it came; without one it matters whether the message had begun to leave. */
function judge(error: SmtpError, left: boolean): Outcome {
  const { responseCode, response } = error;
  if (responseCode) return { kind: 'refused', code: `smtp_${responseCode}`, rule: smtpRule(responseCode, response) };
  const code = (error.code ?? 'smtp_failed').toLowerCase();
  if (code === 'eauth') return { kind: 'refused', code, rule: { action: 'stop_line', waitSeconds: 600 } };
  if (code === 'eenvelope' || code === 'emessage') return { kind: 'refused', code, rule: { action: 'final' } };
  return { kind: left ? 'unknown' : 'unsent', code, error: describeError(error) };
}
