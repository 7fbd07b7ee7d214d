import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { issueToken } from './tokens.mjs';

/**
 * The case of the article of 9 October 2020, through the system's own doors. An illustration: the names and the split by
 * province are made up, the sums (310 cooperatives of 14 provinces, 500 wanted by the end of the year) are the article's.
 */
const TARGET = {
  key: 'idxcoop-2020',
  name: '500 koperasi di portal IDXCOOP pada akhir 2020 (ilustrasi)',
  indicator: 'cooperatives_joined',
  value: 500,
  deadline: '2020-12-31',
  timeZone: 'Asia/Jakarta',
  eligible: 123_048,
  owner: 'Deputi Bidang Perkoperasian',
  effectiveFrom: '2020-10-08',
};
const COOPERATIVES = 'cooperatives-2020-10-08.csv';
const LIBRARY = join(root, 'apps/content-indexing/data/library');

/**
 * Loads what a new installation starts with; does nothing where there is a target. Every step can be repeated: a start that
 * was killed in the middle goes on where it was.
 * @param {{ url: string, home: string, log: (line: string) => void }} options
 */
export async function seed({ url, home, log }) {
  const tokenOf = (/** @type {string} */ role) => issueToken(home, { role, subject: 'seed' });
  const call = caller(url);
  const { items: targets } = await call('GET', '/v1/targets?limit=1');
  if (targets.length > 0) return;
  const imported = await importCooperatives(call, await tokenOf('ministry'));
  if (imported) log(`  seed: ${imported} cooperatives of the article`);
  const items = await publishLibrary(call, await tokenOf('editor'));
  if (items) log(`  seed: ${items} library items`);
  // Last, so that its presence says that all of it is there.
  await call('POST', '/v1/targets', { token: await tokenOf('programme_lead'), body: TARGET });
}

/** @param {string} url */
function caller(url) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {{ token?: string, body?: unknown, form?: FormData, key?: string, accept?: number[] }} [options]
   * @returns {Promise<any>} undefined where the status is one of `accept`
   */
  return async (method, path, { token, body, form, key, accept = [] } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const text = await response.text();
    if (accept.includes(response.status)) return undefined;
    if (!response.ok)
      throw new Error(`The seed's ${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text ? JSON.parse(text) : undefined;
  };
}

/** @typedef {ReturnType<typeof caller>} Call */

/** @param {Call} call @param {string} token @returns {Promise<number>} how many are new */
async function importCooperatives(call, token) {
  const form = new FormData();
  form.append(
    'file',
    new Blob([readFileSync(join(root, 'scripts/seed', COOPERATIVES))], { type: 'text/csv' }),
    COOPERATIVES,
  );
  const { id } = await call('POST', '/v1/imports/cooperatives', { token, form });
  for (;;) {
    const { state, totals } = await call('GET', `/v1/imports/${id}`, { token });
    if (state === 'completed') return totals.rejected > 0 ? refuse(totals) : totals.created;
    if (state === 'failed' || state === 'rolled_back') return refuse({ state });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @param {object} why @returns {never} */
function refuse(why) {
  throw new Error(`The import of ${COOPERATIVES} did not end well: ${JSON.stringify(why)}`);
}

/** @param {Call} call @param {string} token @returns {Promise<number>} how many are new */
async function publishLibrary(call, token) {
  const { total } = await call('GET', '/v1/search?q=&limit=1');
  const files = readdirSync(LIBRARY).filter((file) => file.endsWith('.md'));
  if (total >= files.length) return 0;
  for (const file of files) {
    const item = parse(readFileSync(join(LIBRARY, file), 'utf8'));
    const created = await call('POST', '/v1/library/items', { token, body: item, key: `seed-${file}` });
    await call('POST', `/v1/library/items/${created.id}/publish`, { token, accept: [409] });
  }
  return files.length;
}

/** @param {string} text Markdown behind a front matter of `key: value` lines; tags are separated by commas */
function parse(text) {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const fields = Object.fromEntries(
    head.split('\n').map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const tags = (fields['tags'] ?? '')
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((/** @type {string} */ tag) => tag.trim())
    .filter(Boolean);
  const unquoted = (/** @type {string} */ value) => value.replace(/^(["'])(.*)\1$/, '$2');
  return {
    kind: fields['kind'],
    title: unquoted(fields['title'] ?? ''),
    ...(fields['summary'] && { summary: unquoted(fields['summary']) }),
    language: fields['language'] ?? 'id',
    tags,
    body: body.trim(),
  };
}
