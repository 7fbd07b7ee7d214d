#!/usr/bin/env node
import { randomInt } from 'node:crypto';
import { main } from './interruption.mjs';
import { homeFolder } from './root.mjs';
import { issueToken } from './tokens.mjs';

const help = `Usage: npm run story [-- --json]

Signs one cooperative up against the running system and follows it: sign-up, events, e-mail and WhatsApp message in the local
catchers, contact verified, submitted, reviewed, progress moved, a library item found in Indonesian.

  IDXCOOP_URL    the running system, default http://localhost:3000
  IDXCOOP_HOME   whose keys sign the officer's tokens, default .local
  STORY_DEADLINE seconds that one step may take, default 30

Exit code: 0 only if every step was seen, 1 if one is missing, 2 wrong usage.
`;

const url = (process.env['IDXCOOP_URL'] || 'http://localhost:3000').replace(/\/$/, '');
const patience = Number(process.env['STORY_DEADLINE'] || 30) * 1000;

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, token?: string }} [options]
 * @returns {Promise<any>} the answer; anything but 2xx is an error that quotes the problem
 */
async function call(method, path, { body, token } = {}) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patience),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${method} ${path.split('?')[0]} answered ${response.status}: ${text.slice(0, 400)}`);
  return text ? JSON.parse(text) : undefined;
}

/**
 * @template T
 * @param {() => Promise<T | undefined | false>} look
 * @param {string} what
 * @returns {Promise<T>} what `look` finds, looked for until the deadline
 */
async function seen(look, what) {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what} was not seen within ${patience / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @param {string} to @param {string} channel @param {(message: any) => boolean} which */
const received = (to, channel, which) =>
  seen(async () => {
    const { items } = await call('GET', `/dev/messages?to=${encodeURIComponent(to)}&channel=${channel}`);
    return items.find(which);
  }, `the ${channel} message`);

/** @param {(title: string, detail: string) => void} tell */
async function story(tell) {
  const home = homeFolder();
  const tag = `${Date.now().toString(36)}${randomInt(36 ** 3).toString(36)}`;
  const email = `pengurus.${tag}@koperasi.example`;
  const phone = `+62812${String(randomInt(10 ** 8)).padStart(8, '0')}`;
  const area = '12';
  const [lead, officer] = await Promise.all([
    issueToken(home, { role: 'programme_lead', territory: 'ID', subject: 'story' }),
    issueToken(home, { role: 'officer', territory: area, subject: 'story' }),
  ]);

  const target = {
    key: `story-${tag}`,
    name: 'Sasaran contoh perjalanan satu pendaftaran',
    indicator: 'cooperatives_joined',
    value: 1_000,
    deadline: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
    timeZone: 'Asia/Jakarta',
    areas: [area],
  };
  await call('POST', '/v1/targets', { body: target, token: lead });
  const before = await call('GET', `/v1/targets/${target.key}/progress`);
  tell('target set', `${target.key}: ${before.actual} of ${target.value}`);

  const cooperative = await call('POST', '/v1/cooperatives', {
    body: {
      name: `Koperasi Simpan Pinjam Perjalanan ${tag}`,
      form: 'primary',
      type: 'savings_loan',
      principle: 'conventional',
      regionCode: '12.71.05.1003',
      contact: { name: 'Siti Rahma', position: 'chair', email, phone, language: 'id' },
      consent: { version: '2020-10', purposes: ['service', 'announcements'], channels: ['email', 'whatsapp'] },
    },
  });
  tell('signed up', `${cooperative.id} is ${cooperative.registration}`);

  const mail = await received(email, 'email', () => true);
  tell('e-mail', `"${mail.subject}" (${mail.template})`);
  const message = await received(phone, 'whatsapp', () => true);
  const code = /\b\d{6}\b/.exec(message.text)?.[0];
  if (!code) throw new Error('the WhatsApp message holds no six-digit code');
  tell('WhatsApp', `a code of six digits (${message.template})`);

  const flow = cooperative.verifications.find((/** @type {any} */ { channel }) => channel === 'whatsapp');
  const verified = await call('POST', `/v1/verifications/${flow.flowId}`, { body: { code } });
  tell('verified', `the contact is ${verified.state}`);
  const welcome = await received(phone, 'whatsapp', ({ template }) => template !== message.template);
  tell('welcomed', welcome.template);

  const submitted = await call('POST', `/v1/cooperatives/${cooperative.id}/submit`, { token: cooperative.statusToken });
  tell('submitted', `review case ${submitted.reviewCaseId ?? submitted.reviewCase?.id ?? submitted.id}`);
  const reviewCase = await seen(async () => {
    const { items } = await call('GET', `/v1/review-cases?state=open&territory=${area}&limit=200`, { token: officer });
    return items.find((/** @type {any} */ { cooperativeId }) => cooperativeId === cooperative.id);
  }, 'the review case');
  await call('POST', `/v1/review-cases/${reviewCase.id}/decision`, { body: { decision: 'approve' }, token: officer });
  const { registration } = await call('GET', `/v1/cooperatives/${cooperative.id}`);
  if (registration !== 'verified') throw new Error(`after the approval the cooperative is ${registration}`);
  tell('reviewed', `the cooperative is ${registration}`);
  const decision = await received(
    phone,
    'whatsapp',
    ({ template }) => ![message.template, welcome.template].includes(template),
  );
  tell('told', decision.template);

  const after = await seen(async () => {
    const progress = await call('GET', `/v1/targets/${target.key}/progress`);
    return progress.actual === before.actual + 1 && progress;
  }, 'the progress');
  tell('progress', `${before.actual} → ${after.actual} of ${target.value}`);

  await seen(async () => {
    const { items } = await call('GET', `/v1/recommendations?cooperativeId=${cooperative.id}`);
    return items.length > 0 && items;
  }, 'a recommendation of content indexing');
  const found = await call('GET', '/v1/search?q=pembagian+shu');
  if (!found.total) throw new Error('no library item was found for "pembagian shu"');
  tell('found', `"${found.items[0].title}" and ${found.total - 1} more for "pembagian shu"`);
}

await main(async () => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) return (process.stdout.write(help), 0);
  const json = words.includes('--json');
  if (words.some((word) => word !== '--json')) return (process.stderr.write(help), 2);
  const begun = performance.now();
  let last = begun;
  /** @type {{ step: string, detail: string, milliseconds: number }[]} */
  const steps = [];
  const tell = (/** @type {string} */ step, /** @type {string} */ detail) => {
    const now = performance.now();
    const milliseconds = Math.round(now - last);
    last = now;
    steps.push({ step, detail, milliseconds });
    if (!json) process.stdout.write(`✓ ${step.padEnd(12)} ${String(milliseconds).padStart(6)} ms   ${detail}\n`);
  };
  let problem;
  try {
    await story(tell);
  } catch (error) {
    const { message, cause } = /** @type {Error} */ (error);
    problem = cause instanceof Error ? `${message}: ${cause.message} (is it running at ${url}?)` : message;
  }
  const milliseconds = Math.round(performance.now() - begun);
  if (json) process.stdout.write(`${JSON.stringify({ complete: !problem, milliseconds, steps, problem })}\n`);
  else if (problem) process.stderr.write(`✗ ${problem}\n`);
  else process.stdout.write(`The story is complete after ${(milliseconds / 1000).toFixed(1)} s.\n`);
  return problem ? 1 : 0;
});
