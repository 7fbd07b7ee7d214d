import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `condition` until it answers something truthy; that answer is the result.
 * @template T
 * @param {() => T | Promise<T>} condition
 * @param {{ deadline: number, what: string, every?: number, signal?: AbortSignal }} options deadline and every in milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function poll(condition, { deadline, what, every = 50, signal }) {
  const end = Date.now() + deadline;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${Math.round(deadline / 1000)} s`);
    await pause(every);
  }
}

/**
 * Sends `request` to a loopback port and answers what came back first; undefined when nobody answered.
 * Without a request the answer is an empty buffer as soon as the port is open.
 * @param {number} port
 * @param {Buffer | string} [request]
 * @returns {Promise<Buffer | undefined>}
 */
export function ask(port, request) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    /** @param {Buffer} [answer] */
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => finish());
    socket.once('error', () => finish());
    socket.once('close', () => finish());
    socket.once('data', (data) => finish(data));
    socket.once('connect', () => (request === undefined ? finish(Buffer.alloc(0)) : socket.write(request)));
  });
}
