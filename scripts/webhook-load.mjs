#!/usr/bin/env node
import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const HELP = `Plays Meta under load: signed webhook calls at a steady rate, whether or not the last ones were answered.

  WHATSAPP_APP_SECRET=… node scripts/webhook-load.mjs [--url URL] [--rate N] [--seconds N]

  --url URL      the webhook, default http://localhost:3000/v1/webhooks/whatsapp
  --rate N       calls a second, default 240: three statuses for each of 80 messages a second
  --seconds N    default 20

Of 16 calls one is a person who writes; the others are statuses of messages that nobody knows. Prints one line of JSON: calls, those not
answered 200, and milliseconds from the moment a call was due to its answer. Meta wants 250 at the median, and under 1 % above 1000.
Exit code: 0 measured and within that, 1 not within it, 2 wrong usage.`;

function usage() {
  try {
    const number = { type: /** @type {const} */ ('string') };
    const { values } = parseArgs({
      options: { url: number, rate: number, seconds: number, help: { type: 'boolean' } },
    });
    const { url = 'http://localhost:3000/v1/webhooks/whatsapp', rate = '240', seconds = '20', help } = values;
    const secret = process.env.WHATSAPP_APP_SECRET;
    if (help) return undefined;
    if (!secret) throw new Error('WHATSAPP_APP_SECRET is missing');
    if (!(Number(rate) > 0) || !(Number(seconds) > 0)) throw new Error('--rate and --seconds are numbers');
    return { url: new URL(url), rate: Number(rate), seconds: Number(seconds), secret };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

/** @param {number} index */
function callOf(index) {
  const id = `wamid.${randomBytes(24).toString('base64')}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const from = `628${String(10_000_000_000 + index).slice(-10)}`;
  const news =
    index % 16 === 0
      ? { messages: [{ from, id, timestamp, type: 'text', text: { body: 'halo' } }] }
      : { statuses: [{ id, status: 'delivered', timestamp, recipient_id: from }] };
  const value = { messaging_product: 'whatsapp', metadata: {}, ...news };
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ changes: [{ field: 'messages', value }] }] });
}

const options = usage();
if (!options) {
  console.log(HELP);
} else {
  const { url, rate, seconds, secret } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  /** @param {string} body @returns {Promise<number>} the status, 0 where there was no answer */
  const post = (body) =>
    new Promise((resolve) => {
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
      const call = request(url, { method: 'POST', agent, headers, timeout: 10_000 }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      call.on('timeout', () => call.destroy()).on('error', () => resolve(0));
      call.end(body);
    });

  /** @type {number[]} */
  const took = [];
  let failed = 0;
  const start = performance.now();
  const calls = Array.from({ length: rate * seconds }, async (_, index) => {
    const due = start + (index * 1000) / rate;
    await pause(due - performance.now());
    const status = await post(callOf(index));
    took.push(performance.now() - due);
    if (status !== 200) failed += 1;
  });
  await Promise.all(calls);
  agent.destroy();
  took.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Math.round((took[Math.ceil(took.length * share) - 1] ?? 0) * 10) / 10;
  const [p50, p95, p99, most] = [at(0.5), at(0.95), at(0.99), at(1)];
  console.log(JSON.stringify({ calls: took.length, rate, failed, p50, p95, p99, max: most }));
  process.exitCode = failed === 0 && p50 <= 250 && p99 <= 1_000 ? 0 : 1;
}
