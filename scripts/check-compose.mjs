#!/usr/bin/env node
// Checks docker-compose.yml, Dockerfile and the edge's configuration; --write makes the latter (after npm run build).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { caddyfile } from './compose/caddyfile.mjs';
import { parts } from './compose/parts.mjs';
import { shape, variables } from './compose/rules.mjs';
import { root } from './root.mjs';

const usage = 'usage: node scripts/check-compose.mjs [--write]   (after npm run build)\n';
const read = (/** @type {string} */ file) =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
const CADDYFILE = 'deploy/compose/Caddyfile';

/** @returns {string[]} */
function dockerfile() {
  const lines = read('Dockerfile').split('\n');
  const wrong = lines
    .filter((line) => /^FROM /.test(line) && !/^FROM \S+:\d+\.\d+\.\d+\S*( AS [a-z]+)?$/.test(line))
    .map((line) => `Dockerfile: ${line} is not pinned`);
  const user = lines.filter((line) => /^USER /.test(line)).at(-1);
  if (!user || /root/.test(user)) wrong.push('Dockerfile: the image runs as root');
  return wrong;
}

/** @param {Readonly<Record<string, readonly string[]>>} routes @returns {string[]} */
function problems(routes) {
  const text = read('docker-compose.yml');
  const file = parse(text, { merge: true });
  const built = new Set([...read('Dockerfile').matchAll(/ AS ([a-z]+)$/gm)].map(([, stage]) => stage));
  const targets = Object.entries(/** @type {Record<string, any>} */ (file.services))
    .filter(([, { build }]) => build && !built.has(build.target))
    .map(([name, { build }]) => `${name}: the Dockerfile has no stage ${build.target}`);
  return [
    ...shape(file),
    ...variables(text.replace(/^\s*#.*$/gm, '')),
    ...parts(file, Object.keys(routes)),
    ...targets,
    ...dockerfile(),
    ...(read(CADDYFILE) === caddyfile(routes)
      ? []
      : [`${CADDYFILE} is not fresh: run node scripts/check-compose.mjs --write`]),
  ];
}

if (process.argv.includes('--help')) {
  process.stdout.write(usage);
} else {
  const contracts = join(root, 'dist/libs/contracts/src/index.js');
  if (!existsSync(contracts)) {
    process.stderr.write('There is no build: run `npm run build` first.\n');
    process.exit(2);
  }
  const require = createRequire(import.meta.url);
  require('reflect-metadata');
  const { EDGE_ROUTES } = require(contracts);
  if (process.argv.includes('--write')) writeFileSync(join(root, CADDYFILE), caddyfile(EDGE_ROUTES));
  const wrong = problems(EDGE_ROUTES);
  for (const what of wrong) process.stderr.write(`${what}\n`);
  process.exit(wrong.length > 0 ? 1 : 0);
}
