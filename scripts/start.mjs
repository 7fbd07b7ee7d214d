import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clearApplication, startApplication } from './application.mjs';
import { main } from './interruption.mjs';
import { applicationKeys, signInKey } from './keys.mjs';
import { startLocalChannels } from './local-channels.mjs';
import { say, step } from './progress.mjs';
import { homeFolder, root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';
import { startStores } from './stores/index.mjs';
import { takeLock } from './stores/lock.mjs';
import { isFree } from './stores/ports.mjs';

const help = `Usage: npm start

Sets up what is missing (dependencies, build, stores) and runs all four services on one port until Ctrl-C.

  PORT           default 3000
  IDXCOOP_HOME   folder of the data, default .local
  MONGODB_URI, RABBITMQ_URL, RABBITMQ_MANAGEMENT_URL, REDIS_URL
                 stores that run already; each one that is not given is started here, on a free port
  SMTP_URL, WHATSAPP_API_URL (and WHATSAPP_TOKEN, …)
                 channels that exist; each one that is not given gets a local catcher

Exit code: that of the application; 1 when it could not be started, 2 wrong usage.
`;

/**
 * Parts that this command uses when they are there.
 * @param {string} file
 * @returns {Promise<any>}
 */
async function part(file) {
  const path = join(root, 'scripts', file);
  return existsSync(path) ? import(pathToFileURL(path).href) : undefined;
}

/** @param {AbortSignal} signal */
async function start(signal) {
  const begun = Date.now();
  const home = homeFolder();
  const port = Number(process.env['PORT'] || 3000);
  const url = `http://127.0.0.1:${port}`;
  /** What to stop, the last started first. @type {(() => unknown)[]} */
  const stops = [];
  try {
    const onWait = (/** @type {number} */ pid) => say(`  start: pid ${pid} is stopping, waiting for it`);
    const lock = await takeLock(join(home, 'locks', 'start'), { onWait, signal });
    stops.push(() => lock.release());
    await clearApplication(home);
    if (!(await isFree(port)))
      throw new Error(
        `Port ${port} is taken by another program: stop that one, or choose another port with PORT=${port + 1} npm start.`,
      );
    await step('dependencies', () => ensureDependencies({ signal }));
    await step('build', () => ensureBuild({ signal }));
    const stores = await startStores({ home, log: say, signal });
    stops.push(() => stores.stop());
    const keys = { ...applicationKeys(home), ...signInKey(home) };
    const catcher = await startLocalChannels(home, url, { log: say });
    if (catcher) stops.push(() => catcher.stop());
    const env = { ...keys, ...process.env, ...catcher?.env, ...stores.env, PORT: String(port), IDXCOOP_HOME: home };
    const application = await step('application', () => startApplication({ home, url, env, signal }));
    stops.push(() => application.stop());
    // Only now it may end on its own account; until then its end is an error of the start.
    const over = Promise.race([
      application.exited,
      new Promise((resolve) => signal.addEventListener('abort', resolve)),
    ]);
    const seed = await part('seed.mjs');
    if (seed) await Promise.race([over, step('seed', () => seed.seed({ url, home, log: say }))]);
    if (!application.isOver() && !signal.aborted)
      say(summary({ url, home, begun, stores, catcher: catcher?.env['CATCHER_URL'] }));
    await over;
    lock.leave();
    await application.stop();
    return await application.exited;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** @param {{ url: string, home: string, begun: number, stores: import('./stores/index.mjs').Stores, catcher?: string }} running */
function summary({ url, home, begun, stores, catcher }) {
  const {
    MONGODB_URI: mongo = '',
    RABBITMQ_URL: rabbitmq = '',
    RABBITMQ_MANAGEMENT_URL: board,
    REDIS_URL: redis = '',
  } = stores.env;
  const where = relative(process.cwd(), home) || '.';
  const port = new URL(url).port;
  return `
IDXCOOP is ready after ${((Date.now() - begun) / 1000).toFixed(1)} s

  application   http://localhost:${port}   (API: /docs)
  MongoDB       ${mask(mongo)}   (${stores.engine})
  RabbitMQ      ${mask(rabbitmq)}${board ? `   (board: ${mask(board)})` : ''}
  Redis         ${mask(redis)}
${catcher ? `  catcher       ${catcher}\n` : ''}  data, logs    ${where}

Try
  npm run story
  curl "http://localhost:${port}/v1/targets/idxcoop-2020/progress?asOf=2020-10-08&knownAt=2020-10-08"
  curl "http://localhost:${port}/v1/search?q=pembagian+shu"

Ctrl-C ends everything.`;
}

/**
 * A given store's password is nobody's business on a screen; our own instances have none but guest.
 * @param {string} url
 */
const mask = (url) => url.replace(/\/\/([^:@/]+):(?!guest@)[^@]*@/, '//$1:***@');

await main(async (signal) => {
  const words = process.argv.slice(2);
  const port = Number(process.env['PORT'] || 3000);
  if (words.length === 1 && words[0] === '--help') process.stdout.write(help);
  else if (words.length > 0 || !Number.isInteger(port) || port < 1 || port > 65535) process.stderr.write(help);
  else return start(signal);
  return words[0] === '--help' ? 0 : 2;
});
