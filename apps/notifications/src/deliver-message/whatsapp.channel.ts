import { Config, describeError } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { writeWhatsApp } from '../template/whatsapp';
import type { Channel, Letter, Outcome } from './outcome';
import { whatsappRule } from '../provider/whatsapp-errors';

const DEADLINE = 15_000;
const VERSION = 'v23.0';

/** Errors of a connection that never stood: nothing can have arrived. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

interface GraphAnswer {
  messages?: { id?: string }[];
  error?: { code?: number };
}

/**
 * The WhatsApp Cloud API. It has no idempotency key, so a line that breaks after the request left is `unknown`; our delivery
 * id goes along and comes back with each status, which settles it.
 */
@Injectable()
export class WhatsAppChannel implements Channel {
  constructor(private readonly config: Config) {}

  async send(letter: Letter, beforeBytes: () => Promise<void>): Promise<Outcome> {
    const { whatsappApiUrl, whatsappToken, whatsappPhoneNumberId } = this.config;
    if (!whatsappApiUrl || !whatsappToken || !whatsappPhoneNumberId) return { kind: 'unsent', code: 'not_configured' };
    const base = /\/v\d+\.\d+\/?$/.test(whatsappApiUrl)
      ? whatsappApiUrl
      : `${whatsappApiUrl.replace(/\/$/, '')}/${VERSION}`;
    const body = JSON.stringify(bodyOf(letter));
    await beforeBytes();
    try {
      const answer = await fetch(`${base.replace(/\/$/, '')}/${whatsappPhoneNumberId}/messages`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${whatsappToken}`,
          'content-type': 'application/json',
          ...(isLocal(base) && { 'x-cause-id': letter.message.cause }),
        },
        body,
        signal: AbortSignal.timeout(DEADLINE),
        redirect: 'error',
      });
      return read(answer.status, await answer.text());
    } catch (error) {
      return brokenLine(error);
    }
  }
}

/** Our own catcher shows what a message answers; the real provider learns nothing that it does not need. */
function isLocal(url: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** A template message; a one-time code is given twice, as Meta wants it: in the body and for the button that copies it. */
function bodyOf({ message, template, address, language, variables }: Letter): object {
  const { name, category, parameters, body } = writeWhatsApp(template, variables, language);
  const texts = parameters.map((text) => ({ type: 'text', text }));
  const button = { type: 'button', sub_type: 'url', index: '0', parameters: texts };
  const envelope = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: address.replace(/\D/g, ''),
    biz_opaque_callback_data: message._id,
  };
  if (name === null) return { ...envelope, type: 'text', text: { body } };
  return {
    ...envelope,
    type: 'template',
    template: {
      name,
      language: { code: language },
      components: [{ type: 'body', parameters: texts }, ...(category === 'AUTHENTICATION' ? [button] : [])],
    },
  };
}

function read(status: number, text: string): Outcome {
  const answer = parse(text);
  const providerId = answer?.messages?.[0]?.id;
  if (status < 300) return providerId ? { kind: 'accepted', providerId } : { kind: 'unknown', code: 'no_message_id' };
  const code = answer?.error?.code;
  if (typeof code === 'number') return { kind: 'refused', code: String(code), rule: whatsappRule(code, status) };
  // A gateway in between gave up on an answer: Meta may have taken the message.
  if (status === 502 || status === 504) return { kind: 'unknown', code: `http_${status}` };
  return {
    kind: 'refused',
    code: `http_${status}`,
    rule: { action: status >= 500 || status === 429 ? 'retry' : 'final' },
  };
}

function parse(text: string): GraphAnswer | undefined {
  try {
    return JSON.parse(text) as GraphAnswer;
  } catch {
    return undefined;
  }
}

function brokenLine(error: unknown): Outcome {
  const cause = (error as { cause?: { code?: string } }).cause;
  const code = cause?.code ?? (error as Error).name;
  const kind = NEVER_CONNECTED.has(code) ? 'unsent' : 'unknown';
  return { kind, code: code.toLowerCase(), error: describeError(cause ?? error) };
}
