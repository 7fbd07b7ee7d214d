import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * @typedef {object} CaughtMessage
 * @property {'email'|'whatsapp'} channel
 * @property {string} to
 * @property {string|null} template
 * @property {string|null} language
 * @property {string|null} subject
 * @property {string|null} text
 * @property {string|null} html
 * @property {Record<string, string>} headers
 * @property {string} providerMessageId
 * @property {string|null} deliveryId
 * @property {string|null} causeId
 * @property {string} at
 */

/** How an address is compared: e-mail without case, phones by their digits in international form. */
function comparable(address) {
  if (address.includes('@')) return address.trim().toLowerCase();
  const digits = address.replace(/\D/g, '');
  return digits.startsWith('0') ? `62${digits.slice(1)}` : digits;
}

/**
 * What the catchers received, in order; the newest `limit` survive a restart as JSON lines. Writes go one after another,
 * so a line is never torn by its neighbour, and a torn last line (killed while writing) is left out at the next start.
 */
export class Inbox {
  /** @param {string|undefined} file @param {number} limit */
  constructor(file, limit = 5000) {
    this.file = file;
    this.limit = limit;
    /** @type {CaughtMessage[]} */
    this.items = [];
    this.writing = Promise.resolve();
  }

  /** Reads what an earlier run kept. */
  async open() {
    if (!this.file) return;
    await mkdir(dirname(this.file), { recursive: true });
    const lines = await readFile(this.file, 'utf8').catch(() => '');
    for (const line of lines.split('\n').filter(Boolean).slice(-this.limit)) {
      try {
        this.items.push(JSON.parse(line));
      } catch {
        // The process died while it wrote this line: the provider never answered for it either.
      }
    }
    await this.#rewrite();
  }

  /** @param {CaughtMessage} message */
  async add(message) {
    this.items.push(message);
    if (this.items.length > this.limit * 2) {
      this.items = this.items.slice(-this.limit);
      return this.#rewrite();
    }
    return this.#write((file) => appendFile(file, `${JSON.stringify(message)}\n`));
  }

  /** @param {{ to?: string|null, channel?: string|null }} filter */
  list({ to, channel } = {}) {
    const wanted = to ? comparable(to) : undefined;
    return this.items.filter(
      (item) => (!channel || item.channel === channel) && (!wanted || comparable(item.to) === wanted),
    );
  }

  async clear() {
    this.items = [];
    return this.#rewrite();
  }

  /** Waits until everything is on disk. */
  async close() {
    await this.writing;
  }

  #rewrite() {
    return this.#write(async (file) => {
      const kept = this.items.slice(-this.limit).map((item) => `${JSON.stringify(item)}\n`);
      await writeFile(`${file}.new`, kept.join(''));
      await rename(`${file}.new`, file);
    });
  }

  /** @param {(file: string) => Promise<void>} write */
  #write(write) {
    const file = this.file;
    if (!file) return Promise.resolve();
    this.writing = this.writing.catch(() => undefined).then(() => write(file));
    return this.writing;
  }
}
