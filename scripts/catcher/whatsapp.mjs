import { randomBytes } from 'node:crypto';
import { graphError, graphErrorBody } from './graph-errors.mjs';

/** Meta's ids are base64 around the phone number, which is why the service may keep only a hash of them. */
export function wamid(digits) {
  const head = Buffer.from([0x1c, 0x18, digits.length]);
  const tail = Buffer.from([0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
  const unique = Buffer.from(randomBytes(9).toString('hex').toUpperCase());
  return `wamid.${Buffer.concat([head, Buffer.from(digits), tail, unique, Buffer.from([0])]).toString('base64')}`;
}

/**
 * Reads the body of `POST /dev/inbound`: who writes, and a text, or the content of a message in Meta's form. Answers a sentence
 * where it makes no sense.
 * @param {Record<string, any>} body
 */
export function readInbound(body) {
  const { from, text, content, ...unknown } = body;
  if (Object.keys(unknown).length > 0) return `unknown field ${Object.keys(unknown)[0]}`;
  if (typeof from !== 'string' || !/^\+?\d{8,15}$/.test(from))
    return 'from is a phone number with its country, like +6281234567890';
  if (content === undefined && typeof text !== 'string') return 'text is missing';
  if (content !== undefined && typeof content?.type !== 'string')
    return 'content has a type, as in a webhook call of Meta';
  return { from: from.replace(/\D/g, ''), content: content ?? { type: 'text', text: { body: text } } };
}

/** What is wrong with a request, in Meta's codes; undefined where nothing is. */
/** @param {any} body @returns {[number, string] | undefined} */
function fault(body) {
  if (body?.messaging_product !== 'whatsapp') return [100, 'messaging_product must be "whatsapp"'];
  if (typeof body.to !== 'string' || !/^\+?\d{8,15}$/.test(body.to)) return [100, 'to is not a phone number'];
  if (body.biz_opaque_callback_data?.length > 512) return [100, 'biz_opaque_callback_data is longer than 512'];
  if (body.type === 'text') return typeof body.text?.body === 'string' ? undefined : [131008, 'text.body is required'];
  if (body.type !== 'template') return [131009, 'type is not supported by this simulator'];
  if (!body.template?.name) return [131008, 'template.name is required'];
  if (!/^[a-z0-9_]{1,512}$/.test(body.template.name)) return [132001, 'template name is lower case'];
  if (!body.template.language?.code) return [131008, 'template.language.code is required'];
  const parameters = (body.template.components ?? []).flatMap((component) => component.parameters ?? []);
  if (parameters.some(({ type, text }) => type === 'text' && !text)) return [131008, 'a parameter has no text'];
  return undefined;
}

/** What a person would read, as far as it is known: the wording of a template is Meta's, its parameters are ours. */
function textOf(body) {
  if (body.type === 'text') return body.text.body;
  const components = body.template.components ?? [];
  const read = (kind) =>
    components
      .filter(({ type }) => type === kind)
      .flatMap(({ parameters = [] }) => parameters.map(({ text }) => text))
      .join(' | ');
  const buttons = read('button');
  return `${body.template.name}: ${read('body')}${buttons ? ` [${buttons}]` : ''}`;
}

/**
 * The messages endpoint of the WhatsApp Cloud API.
 * @param {{ inbox: import('./inbox.mjs').Inbox, behaviour: import('./behaviour.mjs').Behaviour,
 *   webhooks: import('./webhooks.mjs').MetaWebhooks, token: string, phoneNumberId: string }} parts
 */
export function whatsapp({ inbox, behaviour, webhooks, token, phoneNumberId }) {
  async function accept(body, headers) {
    const digits = body.to.replace(/\D/g, '');
    const id = wamid(digits);
    const { authorization: _secret, ...seen } = headers;
    await inbox.add({
      channel: 'whatsapp',
      to: `+${digits}`,
      template: body.template?.name ?? null,
      language: body.template?.language.code ?? null,
      subject: null,
      text: textOf(body),
      html: null,
      headers: seen,
      providerMessageId: id,
      deliveryId: body.biz_opaque_callback_data ?? null,
      causeId: headers['x-cause-id'] ?? null,
      at: new Date().toISOString(),
    });
    return { id, digits };
  }

  /** @param {{ number: string, headers: Record<string, string>, body: any, drop: () => void }} request */
  return async function send({ number, headers, body, drop }) {
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: graphErrorBody(190) };
    if (number !== phoneNumberId)
      return { status: 400, body: graphErrorBody(100, `Object with ID '${number}' does not exist`) };
    const { fail, code } = await behaviour.next();
    if (fail === 'throttle') return { status: 429, body: graphErrorBody(130429) };
    if (fail === 'down') return { status: 503, body: graphErrorBody(131016) };
    const ordered = fail === 'code' && code !== null ? graphError(code) : undefined;
    if (ordered && !ordered.late) return { status: ordered.status, body: graphErrorBody(Number(code)) };
    const wrong = fault(body);
    if (wrong) return { status: 400, body: graphErrorBody(...wrong) };
    const { id, digits } = await accept(body, headers);
    void webhooks.follow({
      id,
      recipient: digits,
      callbackData: body.biz_opaque_callback_data,
      failWith: ordered ? code : null,
    });
    if (fail === 'drop_after_accept') return drop();
    const messages = [{ id, message_status: 'accepted' }];
    const contacts = [{ input: body.to, wa_id: digits }];
    return { status: 200, body: { messaging_product: 'whatsapp', contacts, messages } };
  };
}
