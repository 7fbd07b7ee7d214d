import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './interruption.mjs';
import { say } from './progress.mjs';
import { homeFolder } from './root.mjs';
import { cacheFolder, findBinary } from './stores/binaries.mjs';
import { run } from './stores/command.mjs';
import { builtEngine, builtFolder } from './stores/engines.mjs';
import { keeperOf, runningStores, startStores } from './stores/index.mjs';
import { takeLock } from './stores/lock.mjs';
import { poll } from './stores/poll.mjs';
import { endEverything } from './stores/process.mjs';

const help = `Usage: npm run stores -- build|start|status|stop [--json]

  build   compiles secantusd-rs, the fastest stand-in for MongoDB, into the user's cache: once, about 7 minutes, needs cargo and cmake
  start   keeps MongoDB, RabbitMQ and Redis running until Ctrl-C and prints their URLs
  status  says what runs for IDXCOOP_HOME (default .local)
  stop    stops it, together with the command that keeps it

Exit code: 0 done, 1 not done, 2 wrong usage.
`;

const crate = 'secantus-mdb@0.5.3-beta.196';
const home = homeFolder();

/** @type {Record<string, (signal: AbortSignal, json: boolean) => Promise<number>>} */
const commands = {
  async build(signal, json) {
    const folder = join(cacheFolder(), builtFolder);
    mkdirSync(folder, { recursive: true });
    const onWait = (/** @type {number} */ pid) => say(`  pid ${pid} is building, waiting for it`);
    const lock = await takeLock(join(cacheFolder(), 'locks', builtFolder), { wait: true, onWait, signal });
    try {
      if (builtEngine() === undefined) {
        if (findBinary('cargo') === undefined)
          throw new Error('cargo not found: install Rust (rustup, or the package cargo), a C compiler and cmake.');
        say('building secantusd-rs: about 7 minutes on two cores');
        const args = ['install', crate, '--ignore-rust-version', '--root', folder];
        await run({ home: cacheFolder(), name: 'secantusd-rs-build', command: 'cargo', args, log: say, signal });
      }
    } finally {
      lock.release();
    }
    print(json, { engine: 'secantusd-rs', path: builtEngine() }, `${builtEngine()}`);
    return 0;
  },

  async start(signal, json) {
    const stores = await startStores({ home, log: say, signal });
    const lines = Object.entries(stores.env).map(([name, url]) => `${name}=${url}`);
    print(json, { urls: stores.env, engine: stores.engine }, lines.join('\n'));
    say('running until Ctrl-C');
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
      // A pending promise alone does not keep a process alive.
      setInterval(() => undefined, 60_000);
    });
    await stores.stop();
    return 0;
  },

  async status(_signal, json) {
    const running = runningStores(home);
    const keeper = keeperOf(home);
    if (running) {
      const lines = Object.entries(running.urls).map(([name, url]) => `${name}=${url}`);
      print(
        json,
        { state: 'running', ...running },
        [`running (pid ${running.pid}), MongoDB by ${running.engine}`, ...lines].join('\n'),
      );
      return 0;
    }
    const state = keeper === undefined ? 'stopped' : 'starting';
    print(json, { state, pid: keeper ?? null }, keeper === undefined ? state : `${state} or stopping (pid ${keeper})`);
    return 1;
  },

  async stop(signal, json) {
    const keeper = keeperOf(home);
    if (keeper !== undefined) {
      process.kill(keeper, 'SIGTERM');
      await poll(() => keeperOf(home) === undefined, {
        deadline: 60_000,
        what: `pid ${keeper} to stop its stores`,
        signal,
      });
    }
    await endEverything(home, { patience: 10_000 });
    print(
      json,
      { state: 'stopped', pid: keeper ?? null },
      keeper === undefined ? 'stopped' : `stopped (pid ${keeper})`,
    );
    return 0;
  },
};

/** @param {boolean} json @param {object} data @param {string} text */
const print = (json, data, text) => process.stdout.write(`${json ? JSON.stringify(data) : text}\n`);

await main(async (signal) => {
  const words = process.argv.slice(2).filter((word) => word !== '--json');
  const command = commands[words[0] ?? ''];
  if (words.includes('--help')) process.stdout.write(help);
  else if (command === undefined || words.length !== 1) process.stderr.write(help);
  else return command(signal, process.argv.includes('--json'));
  return words.includes('--help') ? 0 : 2;
});
