#!/usr/bin/env node
// Compiles the layout of mails from MJML. --check: says whether that is fresh and whether all templates are sound (exit 1 if not).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import mjml2html from 'mjml';
import { root } from './root.mjs';

const usage = 'usage: npm run templates [-- --check]   (the check after npm run build)\n';
const folder = 'apps/notifications/src/template';
const generated = `${folder}/layout.html.ts`;

/** @returns {Promise<string>} the source file of the compiled layout */
async function compiledLayout() {
  const source = readFileSync(join(root, folder, 'layout.mjml'), 'utf8');
  const { html, errors } = await mjml2html(source, { validationLevel: 'strict', keepComments: false, fonts: {} });
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const lines = html
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
    .join('\n')
    .replace(/\n>/g, '>')
    .replace(/<(\w+)\n/g, '<$1 ')
    .replace(/>\n<(?=\/?(?:table|tbody|tr|td))/g, '><');
  if (/[`\\]|\$\{/.test(lines)) throw new Error('the layout holds what a template string cannot');
  return `/** The layout of mails, compiled from \`layout.mjml\` by \`npm run templates\`. */\nexport const LAYOUT = \`${lines}\n\`;\n`;
}

/** @returns {string[]} */
function faultsOfTemplates() {
  const catalogue = join(root, `dist/${folder}/catalogue.js`);
  if (!existsSync(catalogue)) return ['There is no build: run `npm run build` first.'];
  const require = createRequire(import.meta.url);
  const { TEMPLATES } = require(catalogue);
  const { faultsOf } = require(join(root, `dist/${folder}/faults.js`));
  return faultsOf(TEMPLATES);
}

if (process.argv.includes('--help')) {
  process.stdout.write(usage);
} else if (process.argv.includes('--check')) {
  const isFresh =
    existsSync(join(root, generated)) && readFileSync(join(root, generated), 'utf8') === (await compiledLayout());
  const faults = [
    ...(isFresh ? [] : [`${generated} is not fresh: run \`npm run templates\`.`]),
    ...faultsOfTemplates(),
  ];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  writeFileSync(join(root, generated), await compiledLayout());
}
