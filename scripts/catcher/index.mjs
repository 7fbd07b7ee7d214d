import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Behaviour } from './behaviour.mjs';
import { startHttp } from './http.mjs';
import { Inbox } from './inbox.mjs';
import { startSmtp } from './smtp.mjs';
import { MetaWebhooks } from './webhooks.mjs';
import { readInbound, wamid, whatsapp } from './whatsapp.mjs';

/**
 * Starts the local providers: a mail server and the WhatsApp Cloud API, on free loopback ports. What they receive is at
 * `/dev/messages`. A channel that has an address of its own in `env` gets none.
 * @param {{ home?: string, log?: (line: string) => void, env?: Record<string, string|undefined>, webhookUrl?: string, port?: number }} [options]
 * `home` is IDXCOOP_HOME: messages are kept in its folder `catcher`, without it in memory only.
 */
export async function startCatcher({ home, log = () => undefined, env = {}, webhookUrl, port } = {}) {
  const inbox = new Inbox(home ? join(home, 'catcher', 'messages.jsonl') : undefined);
  await inbox.open();
  const token = env.WHATSAPP_TOKEN ?? randomBytes(24).toString('base64url');
  const appSecret = env.WHATSAPP_APP_SECRET ?? randomBytes(16).toString('hex');
  const verifyToken = env.WHATSAPP_VERIFY_TOKEN ?? randomBytes(12).toString('hex');
  const phoneNumberId = env.WHATSAPP_PHONE_NUMBER_ID ?? '100000000000002';

  const email = env.SMTP_URL ? undefined : new Behaviour();
  const phone = env.WHATSAPP_API_URL ? undefined : new Behaviour();
  const webhooks = new MetaWebhooks({ appSecret, phoneNumberId, log, url: webhookUrl });
  const setWebhookUrl = (/** @type {string} */ url) => webhooks.setUrl(url);

  const smtp = email && (await startSmtp({ inbox, behaviour: email, log }));
  const send = phone && whatsapp({ inbox, behaviour: phone, webhooks, token, phoneNumberId });
  /** @param {Record<string, any>} body what of `POST /dev/inbound`; answers the id of the message, or a sentence. */
  const hear = (body) => {
    const message = readInbound(body);
    if (typeof message === 'string') return message;
    const id = wamid(message.from);
    void webhooks.hear({ ...message, id });
    return { id };
  };
  const http = await startHttp({
    inbox,
    providers: { email, whatsapp: phone },
    send,
    hear: phone && hear,
    port,
    log,
    setWebhookUrl,
  });

  /** @type {Record<string, string>} */
  const given = { CATCHER_URL: http.url };
  if (smtp) given.SMTP_URL = smtp.url;
  if (phone) {
    Object.assign(given, {
      WHATSAPP_API_URL: `${http.url}/v23.0`,
      WHATSAPP_TOKEN: token,
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: verifyToken,
      WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    });
  }

  return {
    /** What the application needs in its environment. */
    env: given,
    url: http.url,
    /** @param {{ to?: string, channel?: string }} [filter] */
    messages: (filter) => inbox.list(filter),
    clear: () => inbox.clear(),
    setWebhookUrl,
    /** A person writes to us over WhatsApp. */
    hear,
    /** @param {'email'|'whatsapp'} channel @param {Partial<import('./behaviour.mjs').Misbehaviour>} order */
    misbehave(channel, order) {
      const behaviour = channel === 'email' ? email : phone;
      behaviour?.set({ fail: null, code: null, times: 1, delayMs: 0, ...order });
    },
    async stop() {
      webhooks.stop();
      await Promise.all([smtp?.stop(), http.stop()]);
      await inbox.close();
    },
  };
}
