import { setTimeout as delay } from 'node:timers/promises';

const FAILURES = ['throttle', 'down', 'drop_after_accept', 'code'];

/** @typedef {{ fail: string|null, code: number|null, times: number, delayMs: number }} Misbehaviour */

/**
 * Reads the body of `POST /dev/providers/:channel`. Answers a sentence where it makes no sense.
 * @param {string} channel @param {Record<string, any>} body @returns {Misbehaviour|string}
 */
export function readMisbehaviour(channel, body) {
  const { fail = null, code = null, times = 1, delayMs = 0, ...unknown } = body;
  if (Object.keys(unknown).length > 0) return `unknown field ${Object.keys(unknown)[0]}`;
  if (fail !== null && !FAILURES.includes(String(fail))) return `fail is one of ${FAILURES.join(', ')}`;
  if (!Number.isInteger(times) || times < 0) return 'times is a whole number, 0 or more';
  if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > 600_000) return 'delayMs is 0 to 600000';
  if (fail === 'code') {
    if (!Number.isInteger(code)) return 'code is missing';
    if (channel === 'email' && (code < 400 || code > 599)) return 'code of e-mail is an SMTP reply from 400 to 599';
  }
  return { fail, code, times, delayMs };
}

/** How a provider misbehaves for its next attempts. A new order replaces what is left of the last one. */
export class Behaviour {
  /** @type {Misbehaviour} */
  current = { fail: null, code: null, times: 0, delayMs: 0 };

  /** @param {Misbehaviour} next */
  set(next) {
    this.current = { ...next };
  }

  /** What happens to this attempt; it counts as one of `times`. */
  async next() {
    if (this.current.times === 0) return { fail: null, code: null };
    this.current.times -= 1;
    const { fail, code, delayMs } = this.current;
    if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
    return { fail, code };
  }
}
