import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { graphError } from './graph-errors.mjs';

const WAITS = [200, 400, 800, 1600, 3200, 6400, 10_000];
const TRIES = 30;

const seconds = () => String(Math.floor(Date.now() / 1000));

/**
 * Tells the application what became of its messages and what people write, as Meta does: signed over the raw body, repeated
 * until it is answered 2xx. Without an address yet, calls wait for it.
 */
export class MetaWebhooks {
  /** @param {{ appSecret: string, phoneNumberId: string, log: (line: string) => void, url?: string }} parts */
  constructor({ appSecret, phoneNumberId, log, url }) {
    this.appSecret = appSecret;
    this.phoneNumberId = phoneNumberId;
    this.log = log;
    this.url = url;
    this.stopping = new AbortController();
    /** @type {(() => void)[]} */
    this.waiting = [];
  }

  /** @param {string} url */
  setUrl(url) {
    this.url = url;
    for (const go of this.waiting.splice(0)) go();
  }

  /**
   * The life of an accepted message: sent then delivered, or failed with a code.
   * @param {{ id: string, recipient: string, callbackData?: string, failWith?: number|null }} message
   */
  async follow({ id, recipient, callbackData, failWith }) {
    const base = { id, recipient_id: recipient, ...(callbackData ? { biz_opaque_callback_data: callbackData } : {}) };
    const error = failWith ? graphError(failWith) : undefined;
    const statuses = error
      ? [
          {
            status: 'failed',
            errors: [
              {
                code: error.code,
                title: error.title,
                message: error.title,
                error_data: { details: error.details },
                href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
              },
            ],
          },
        ]
      : [{ status: 'sent' }, { status: 'delivered' }];
    for (const status of statuses) {
      await this.#pause(100);
      if (this.stopping.signal.aborted) return;
      await this.#tell({ statuses: [{ ...base, ...status, timestamp: seconds() }] });
    }
  }

  /**
   * A person writes to us.
   * @param {{ id: string, from: string, content: Record<string, unknown> }} message `content` is Meta's: type, and what is in it.
   */
  hear({ id, from, content }) {
    const contacts = [{ profile: { name: 'Siti Rahma' }, wa_id: from }];
    return this.#tell({ contacts, messages: [{ from, id, timestamp: seconds(), ...content }] });
  }

  stop() {
    this.stopping.abort();
    for (const go of this.waiting.splice(0)) go();
  }

  /** @param {Record<string, unknown>} news */
  async #tell(news) {
    const metadata = { display_phone_number: '6221000000', phone_number_id: this.phoneNumberId };
    const value = { messaging_product: 'whatsapp', metadata, ...news };
    const entry = [{ id: '100000000000001', changes: [{ value, field: 'messages' }] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signature = createHmac('sha256', this.appSecret).update(body).digest('hex');
    for (let attempt = 0; attempt < TRIES && !this.stopping.signal.aborted; attempt += 1) {
      if (!this.url) await new Promise((resolve) => this.waiting.push(() => resolve(undefined)));
      if (await this.#post(body, signature)) return;
      await this.#pause(WAITS[Math.min(attempt, WAITS.length - 1)]);
    }
    if (!this.stopping.signal.aborted) this.log(`a webhook call was not taken after ${TRIES} tries`);
  }

  async #post(body, signature) {
    if (!this.url) return false;
    try {
      const answer = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
        body,
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(10_000)]),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  async #pause(ms) {
    await delay(ms, undefined, { ref: false, signal: this.stopping.signal }).catch(() => undefined);
  }
}
