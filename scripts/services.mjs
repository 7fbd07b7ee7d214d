#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { followLog } from './log-follower.mjs';
import { main } from './interruption.mjs';
import { applicationKeys, signInKey } from './keys.mjs';
import { startLocalChannels } from './local-channels.mjs';
import { say, step } from './progress.mjs';
import { homeFolder, root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';
import { startStores } from './stores/index.mjs';
import { takeLock } from './stores/lock.mjs';
import { poll } from './stores/poll.mjs';
import { freePorts, isFree } from './stores/ports.mjs';
import { end, launch, logOf } from './stores/process.mjs';

const SERVICES = ['onboarding', 'notifications', 'content-indexing', 'reporting'];
const ROLES = ['api', 'events', 'jobs', 'schedules'];
const URLS = {
  onboarding: 'ONBOARDING_URL',
  notifications: 'NOTIFICATIONS_URL',
  'content-indexing': 'CONTENT_URL',
  reporting: 'REPORTING_URL',
};

const help = `Usage: npm run services [-- --scale SERVICE:ROLE=N …]

Each service and role as a process of its own, one port each, and one joined port (PORT, default 3000). Stores and channels as
\`npm start\` finds them. --scale runs N processes of one role of one service, for example --scale notifications:jobs=4.

Services: ${SERVICES.join(', ')}. Roles: ${ROLES.join(', ')}.
Exit code: 0 ended by Ctrl-C, 1 a process ended by itself or could not be started, 2 wrong usage.
`;

/** @typedef {{ name: string, service: string, role: string, port: number, url: string }} Unit */

/** @param {string[]} words @returns {Map<string, number> | undefined} processes of each service:role */
function scales(words) {
  const counts = new Map(SERVICES.flatMap((service) => ROLES.map((role) => [`${service}:${role}`, 1])));
  for (let i = 0; i < words.length; i += 1) {
    const [, unit = '', count = ''] =
      /^(?:--scale=)?([a-z-]+:[a-z]+)=(\d{1,2})$/.exec(
        words[i] === '--scale' ? (words[++i] ?? '') : (words[i] ?? ''),
      ) ?? [];
    if (!counts.has(unit)) return undefined;
    counts.set(unit, Number(count));
  }
  return counts;
}

/** @param {Map<string, number>} counts @returns {Promise<Unit[]>} */
async function plan(counts) {
  const names = [...counts].flatMap(([unit, count]) =>
    Array.from({ length: count }, (_, i) => ({
      unit,
      name: `${unit.replace(':', '-')}${count > 1 ? `-${i + 1}` : ''}`,
    })),
  );
  const ports = await freePorts(names.length);
  return names.map(({ unit, name }, i) => {
    const [service = '', role = ''] = unit.split(':');
    const port = ports[i] ?? 0;
    return { name, service, role, port, url: `http://127.0.0.1:${port}` };
  });
}

/** @param {Map<string, number>} counts @param {AbortSignal} signal */
async function run(counts, signal) {
  const home = homeFolder();
  const port = Number(process.env['PORT'] || 3000);
  /** @type {(() => unknown)[]} */
  const stops = [];
  try {
    const lock = await takeLock(join(home, 'locks', 'start'), {
      onWait: (pid) => say(`  services: pid ${pid} is stopping, waiting`),
      signal,
    });
    stops.push(() => lock.release());
    if (!(await isFree(port)))
      throw new Error(`Port ${port} is taken by another program: choose another one with PORT=${port + 1}.`);
    await step('dependencies', () => ensureDependencies({ signal }));
    await step('build', () => ensureBuild({ signal }));
    const stores = await startStores({ home, log: say, signal });
    stops.push(() => stores.stop());
    const catcher = await startLocalChannels(home, `http://127.0.0.1:${port}`, { log: say });
    if (catcher) stops.push(() => catcher.stop());
    const units = await plan(counts);
    const api = Object.fromEntries(
      SERVICES.map((service) => [
        service,
        units.find((unit) => unit.service === service && unit.role === 'api')?.url ?? '',
      ]),
    );
    const urls = Object.fromEntries(Object.entries(URLS).map(([service, variable]) => [variable, api[service]]));
    const env = {
      PUBLIC_URL: `http://localhost:${port}`,
      ...applicationKeys(home),
      ...process.env,
      ...catcher?.env,
      ...stores.env,
      ...urls,
      IDXCOOP_HOME: home,
    };
    const exits = units.map((unit) => start(home, unit, env));
    stops.push(() => Promise.all(units.map(({ name }) => end(home, name, { patience: 40_000 }))));
    const ended = Promise.race(exits);
    const { startEdge } = await import('./edge.mjs');
    const edge = await startEdge({
      port,
      api,
      all: Object.fromEntries(units.map(({ name, url }) => [name, url])),
      catcherUrl: catcher?.env['CATCHER_URL'],
    });
    stops.push(() => (edge.closeAllConnections(), edge.close()));
    await Promise.race([step('services', () => ready(`http://127.0.0.1:${port}`, signal)), ended.then(failed)]);
    if (existsSync(join(root, 'scripts/seed.mjs'))) {
      const { seed } = await import('./seed.mjs');
      await Promise.race([
        step('seed', () => seed({ url: `http://127.0.0.1:${port}`, home, log: say })),
        ended.then(failed),
      ]);
    }
    for (const { name, url } of units) say(`  ${name.padEnd(28)} ${url}`);
    say(
      `\nIDXCOOP is ready on http://localhost:${port} in ${units.length} processes; logs in ${relative(process.cwd(), join(home, 'logs'))}. Ctrl-C ends everything.`,
    );
    await Promise.race([
      ended.then(failed),
      new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true })),
    ]);
    lock.leave();
    return 0;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** @param {string} home @param {Unit} unit @param {NodeJS.ProcessEnv} env @returns {Promise<string>} its name, when it ends */
function start(home, { name, service, role, port }, env) {
  const args = ['--enable-source-maps', join(root, `dist/apps/${service}/src/main.js`)];
  const unfollow = followLog(logOf(home, name));
  const child = launch({
    home,
    name,
    command: process.execPath,
    args,
    cwd: root,
    env: { ...(signsIn(service, role) ? signInKey(home) : {}), ...env, ROLES: role, PORT: String(port) },
  });
  return child.exited.then(({ code }) => {
    unfollow();
    return `${name} ended with exit code ${code}`;
  });
}

/** Who may make tokens: one role of one service. @param {string} service @param {string} role */
function signsIn(service, role) {
  return service === 'onboarding' && role === 'api';
}

/** @param {string} what @returns {never} */
function failed(what) {
  throw new Error(`${what}: see its log.`);
}

/** @param {string} url @param {AbortSignal} signal */
async function ready(url, signal) {
  let last = '';
  const look = async () => {
    const response = await fetch(`${url}/health/ready`);
    last = await response.text();
    return response.ok;
  };
  await poll(look, { deadline: 90_000, what: 'ready services', every: 200, signal }).catch((error) => {
    throw signal.aborted ? error : new Error(`The services are not ready: ${last}`);
  });
}

await main(async (signal) => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) return (process.stdout.write(help), 0);
  const counts = scales(words);
  if (!counts) return (process.stderr.write(help), 2);
  return run(counts, signal);
});
