#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { main } from './interruption.mjs';
import { say, step } from './progress.mjs';
import { root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';

const help = `Usage: npm run check [-- --json]

Types, lint, format, import rules, generated documents fresh, templates of messages sound, compose file sound. Exit code 0: all of them hold; 1: one does not.
`;

const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);
const checks = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', '.'] },
  { name: 'script types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.scripts.json'] },
  {
    name: 'lint',
    args: [
      bin('eslint/bin/eslint.js'),
      '--max-warnings',
      '0',
      '--no-error-on-unmatched-pattern',
      'apps',
      'libs',
      'test',
    ],
  },
  { name: 'format', args: [bin('@biomejs/biome/bin/biome'), 'format', '--error-on-warnings'] },
  {
    name: 'imports',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'scripts',
    ],
  },
  { name: 'documents', args: ['scripts/docs.mjs', '--check'] },
  { name: 'templates', args: ['scripts/templates.mjs', '--check'] },
  { name: 'compose', args: ['scripts/check-compose.mjs'] },
];

/** @param {string[]} args @param {AbortSignal} signal @returns {Promise<{ code: number, output: string }>} */
function run(args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @param {AbortSignal} signal */
async function checkAll(signal) {
  await step('dependencies', () => ensureDependencies({ signal }));
  await step('build', () => ensureBuild({ signal }));
  /** @type {Record<string, boolean>} */
  const results = {};
  const waiting = checks.filter(({ args }) => existsSync(join(root, String(args[0]))) || args[0]?.startsWith(root));
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, args } = check;
      await step(name, async () => {
        const { code, output } = await run(args, signal);
        results[name] = code === 0;
        if (code !== 0) throw new Error(output);
      }).catch((error) => say(error.message));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return results;
}

await main(async (signal) => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const results = await checkAll(signal);
  if (words.includes('--json')) process.stdout.write(`${JSON.stringify(results)}\n`);
  return Object.values(results).every(Boolean) ? 0 : 1;
});
