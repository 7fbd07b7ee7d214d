#!/usr/bin/env node
// npm writes a lock without the binary packages of other platforms and then refuses it in `npm ci` ("Missing: … from
// lock file", npm/cli #9846). This adds a stub for each missing optional dependency; run it after every change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];
const named = (name, words) =>
  words.find((word) => new RegExp(`(^|[-/])${word}([-/]|$)`).test(name.replace(/eabi(hf)?|gnueabi(hf)?/g, '')));

let added = 0;
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${parent}/node_modules/${name}`]) continue;
    const version = /^\d+\.\d+\.\d+\S*$/.test(range) ? range : range.replace(/^[^\d]*/, '');
    const os = named(name, SYSTEMS);
    const cpu = named(name, PROCESSORS);
    if (!os && !cpu) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
    };
    added += 1;
  }
}
// A lock that names the host of a registry ties every clone to it; npm fills in its own.
for (const entry of Object.values(lock.packages)) delete entry.resolved;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(`${added} optional packages of other platforms added to package-lock.json\n`);
