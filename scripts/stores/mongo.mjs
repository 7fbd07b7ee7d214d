import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDaemon } from './daemon.mjs';
import { findEngine } from './engines.mjs';
import { hello } from './hello.mjs';
import { freePorts } from './ports.mjs';
import { poll } from './poll.mjs';
import { end } from './process.mjs';
import { becomePrimary } from './replica-set.mjs';

const name = 'mongo';

/** @type {import('./index.mjs').Store} */
export const mongo = {
  name,
  product: 'MongoDB',
  variable: 'MONGODB_URI',

  async start({ home, log, env, signal }) {
    // Acknowledged writes are on disk, so a kill loses nothing; a moment of politeness saves the recovery.
    await end(home, name, { patience: 3000 });
    const engine = await findEngine({ log, env, signal });
    const folder = `mongo-${engine.name}`;
    const { ports } = await startDaemon({
      home,
      name,
      folder,
      signal,
      log,
      prepare: async (data) => {
        const ports = await freePorts(1);
        const port = String(ports[0]);
        return { ports, command: engine.command, args: argumentsOf(engine.name, port, data), env: process.env };
      },
      isReady: async ([port = 0]) => (await hello(port)) === (engine.name === 'mongod' ? 'answers' : 'writable'),
    });
    const port = ports[0] ?? 0;
    if (engine.name === 'mongod') {
      await becomePrimary(port);
      await poll(async () => (await hello(port)) === 'writable', {
        deadline: 30_000,
        what: 'mongod to be primary',
        signal,
      });
    }
    return {
      // The port is another one at each start, so a replica set's own idea of its address would lead nowhere.
      env: { MONGODB_URI: `mongodb://127.0.0.1:${port}/?directConnection=true` },
      engine: engine.name,
      note: engine.name === 'mongod' ? '' : 'stands in for it here; production wants a MongoDB 8 replica set',
      stop: (patience = 20_000) => end(home, name, { patience }),
    };
  },
};

/** @param {string} engine @param {string} port @param {string} data */
function argumentsOf(engine, port, data) {
  if (engine === 'mongod')
    return [
      '--replSet',
      'rs0',
      '--bind_ip',
      '127.0.0.1',
      '--port',
      port,
      '--dbpath',
      data,
      '--wiredTigerCacheSizeGB',
      '1',
    ];
  // A settings file of the user's own, found by itself, must not change what runs here.
  const config = join(data, 'secantusd.toml');
  writeFileSync(config, '');
  const place = ['--config', config, '--host', '127.0.0.1', '--port', port, '--storage-path', join(data, 'data')];
  return [...place, '--sync-on-commit', '--cache-size', '1G'];
}
