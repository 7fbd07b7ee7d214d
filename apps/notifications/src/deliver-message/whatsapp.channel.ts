import { Config, describeError } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { writeWhatsApp } from '../template/whatsapp';
import type { Channel, Letter, Outcome } from './outcome';
import { WhatsAppToken } from './whatsapp-token';
import { Breakers } from '../provider/breakers';
import { statusRule, whatsappRule } from '../provider/whatsapp-errors';
import { isLoopback } from './loopback';

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
  constructor(
    private readonly config: Config,
    private readonly breakers: Breakers,
    private readonly token: WhatsAppToken,
  ) {}

  async send(letter: Letter, beforeBytes: () => Promise<void>): Promise<Outcome> {
    const { whatsappApiUrl, whatsappPhoneNumberId } = this.config;
    const token = this.token.value;
    if (!whatsappApiUrl || !token || !whatsappPhoneNumberId) return { kind: 'unsent', code: 'not_configured' };
    const body = JSON.stringify(bodyOf(letter));
    await beforeBytes();
    const outcome = await this.breakers.run('whatsapp', () => this.post(body, token, letter));
    if (outcome.kind !== 'refused' || outcome.rule.action !== 'refresh_token') return outcome;
    // It was refused at the door, so it may be sent at once with another token; what that one brings is the answer.
    const other = (await this.token.renew(token)) ? this.token.value : undefined;
    return other ? this.breakers.run('whatsapp', () => this.post(body, other, letter)) : outcome;
  }

  private async post(body: string, token: string, { message }: Letter): Promise<Outcome> {
    const { whatsappApiUrl = '', whatsappPhoneNumberId } = this.config;
    const base = /\/v\d+\.\d+\/?$/.test(whatsappApiUrl)
      ? whatsappApiUrl
      : `${whatsappApiUrl.replace(/\/$/, '')}/${VERSION}`;
    try {
      const answer = await fetch(`${base.replace(/\/$/, '')}/${whatsappPhoneNumberId}/messages`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(isLoopback(base) && { 'x-cause-id': message.cause }),
        },
        body,
        signal: AbortSignal.timeout(DEADLINE),
        redirect: 'manual',
      });
      return read(answer.status, await answer.text());
    } catch (error) {
      return brokenLine(error);
    }
  }
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
  const rule = statusRule(status);
  return rule.action === 'unknown'
    ? { kind: 'unknown', code: `http_${status}` }
    : { kind: 'refused', code: `http_${status}`, rule };
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
