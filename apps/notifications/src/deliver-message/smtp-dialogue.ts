import { describeError } from '@idxcoop/platform';
import type { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SMTP_FAULTS, smtpRule, type Stage } from '../provider/smtp-errors';
import type { Outcome } from './outcome';

const CONNECT_DEADLINE = 10_000;
const SILENCE_DEADLINE = 20_000;
const DEADLINE = 60_000;

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

export interface Envelope {
  from: string;
  to: string[];
  size: number;
}

/**
 * One mail on a connection of its own, to the server's last word. No pool: a pool sends again by itself what it lost after the server may
 * have taken it.
 */
export function transmit(url: string, envelope: Envelope, bytes: Readable): Promise<string> {
  const { auth, ...server } = parseConnectionUrl(url);
  const connection = new SMTPConnection({
    ...server,
    connectionTimeout: CONNECT_DEADLINE,
    greetingTimeout: CONNECT_DEADLINE,
    socketTimeout: SILENCE_DEADLINE,
    logger: false,
  });
  return new Promise<string>((resolve, reject) => {
    const tooLong = () => reject(Object.assign(new Error('SMTP took too long'), { code: 'ETIMEDOUT' }));
    const deadline = setTimeout(tooLong, DEADLINE);
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

/** A reply decides by itself, whenever it came; without one it matters whether the message had begun to leave. */
export function judge(error: SmtpError, left: boolean): Outcome {
  const { responseCode, response } = error;
  if (responseCode) {
    const rule = smtpRule(responseCode, response, left ? 'message' : stageOf(error));
    return { kind: 'refused', code: `smtp_${responseCode}`, rule };
  }
  const code = (error.code ?? 'smtp_failed').toLowerCase();
  const rule = Object.hasOwn(SMTP_FAULTS, code) ? SMTP_FAULTS[code] : undefined;
  if (rule && !left) return { kind: 'refused', code, rule };
  return { kind: left ? 'unknown' : 'unsent', code, error: describeError(error) };
}

function stageOf({ command = '' }: SmtpError): Stage {
  if (command.startsWith('MAIL')) return 'sender';
  if (command.startsWith('RCPT')) return 'recipient';
  return command.startsWith('DATA') ? 'message' : 'connection';
}

/** Whether another server may have the mail: this one surely has not, and said nothing of its recipient for good. */
export function maySendElsewhere(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'unsent':
    case 'held':
      return true;
    case 'refused':
      return outcome.rule.isDown === true || outcome.rule.action === 'retry' || outcome.rule.action === 'hold';
    default:
      return false;
  }
}
