import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBinary } from './binaries.mjs';
import { startDaemon } from './daemon.mjs';
import { ask } from './poll.mjs';
import { end } from './process.mjs';
import { freePorts } from './ports.mjs';

/** @type {import('./index.mjs').Store} */
export const redis = {
  name: 'redis',
  product: 'Redis',
  variable: 'REDIS_URL',
  requirement: {
    product: 'Redis',
    package: 'redis-server',
    variable: 'REDIS_URL',
    units: ['redis-server'],
    isThere: () => findBinary('redis-server') !== undefined,
  },

  async start({ home, log, signal }) {
    const name = 'redis';
    await end(home, name, { patience: 5000 });
    const { ports } = await startDaemon({
      home,
      name,
      folder: 'redis',
      signal,
      log,
      prepare: async (data) => {
        const ports = await freePorts(1);
        const config = join(data, 'redis.conf');
        mkdirSync(data, { recursive: true });
        writeFileSync(config, configuration(data, /** @type {number} */ (ports[0])));
        return { ports, command: findBinary('redis-server') ?? 'redis-server', args: [config], env: process.env };
      },
      // While it loads its file the port is open already, and the answer is an error.
      isReady: async ([port = 0]) => (await ask(port, 'PING\r\n'))?.toString() === '+PONG\r\n',
    });
    return {
      env: { REDIS_URL: `redis://127.0.0.1:${ports[0]}` },
      engine: 'redis-server',
      stop: (patience = 10_000) => end(home, name, { patience }),
    };
  },
};

/** @param {string} data @param {number} port */
function configuration(data, port) {
  return `bind 127.0.0.1
port ${port}
dir "${data}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
pidfile "${join(data, 'redis.pid')}"
`;
}
