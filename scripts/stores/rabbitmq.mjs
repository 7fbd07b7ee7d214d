import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBinary } from './binaries.mjs';
import { startDaemon } from './daemon.mjs';
import { freePorts } from './ports.mjs';
import { ask } from './poll.mjs';
import { end } from './process.mjs';

// The name is part of the data's path and of the queues' membership, so it must not change with the home's place; epmd is private anyway.
const nodeName = 'idxcoop@localhost';

// A node has closed its files after 20 ms and then sits for another 6 s; whoever starts us again should not wait for that.
const politeFor = 2500;

/** @type {import('./index.mjs').Store} */
export const rabbitmq = {
  name: 'rabbitmq',
  product: 'RabbitMQ',
  variable: 'RABBITMQ_URL',
  requirement: {
    product: 'RabbitMQ',
    package: 'rabbitmq-server',
    variable: 'RABBITMQ_URL',
    units: ['rabbitmq-server'],
    isThere: () => findBinary('rabbitmq-server') !== undefined,
  },

  async start({ home, log, signal }) {
    const name = 'rabbitmq';
    // Its files survive a kill, and a polite stop takes longer than the next start may.
    await end(home, name, { patience: 0 });
    const { ports } = await startDaemon({
      home,
      name,
      folder: name,
      signal,
      log,
      prepare: (data) => prepare(home, data),
      isReady,
    });
    const [port, management] = ports;
    return {
      env: {
        RABBITMQ_URL: `amqp://guest:guest@127.0.0.1:${port}`,
        RABBITMQ_MANAGEMENT_URL: `http://guest:guest@127.0.0.1:${management}`,
      },
      engine: 'rabbitmq-server',
      stop: (patience = politeFor) =>
        end(home, name, { patience, ask: (living) => living.filter(({ pid }) => isNode(pid)) }),
    };
  },
};

/** @param {number[]} ports */
async function isReady([port = 0, management = 0]) {
  return (await ask(port)) !== undefined && (await ask(management)) !== undefined;
}

/**
 * Only the node itself understands a SIGTERM as "stop"; the scripts and helpers around it follow.
 * @param {number} pid
 */
function isNode(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('beam');
  } catch {
    return !existsSync('/proc/self/comm');
  }
}

/**
 * The package's wrapper on PATH insists on its own user and folders, the scripts behind it do not.
 * @returns {string}
 */
function serverScript() {
  try {
    const files = execFileSync('dpkg', ['-L', 'rabbitmq-server'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n');
    const script = files.find((file) => /\/lib\/.*\/bin\/rabbitmq-server$/.test(file));
    if (script) return realpathSync(script);
  } catch {
    // Not from a Debian package: then what PATH names is the script.
  }
  return realpathSync(findBinary('rabbitmq-server') ?? 'rabbitmq-server');
}

/**
 * @param {string} home
 * @param {string} data
 * @returns {Promise<import('./daemon.mjs').Preparation>}
 */
async function prepare(home, data) {
  const ports = await freePorts(4);
  const [port, management, distribution, epmd] = ports;
  const logs = join(home, 'logs');
  for (const folder of ['mnesia', 'home']) mkdirSync(join(data, folder), { recursive: true });
  const files = {
    'rabbitmq-env.conf': '',
    enabled_plugins: '[rabbitmq_management].\n',
    'advanced.config': '[{rabbit,[{dead_letter_worker_publisher_confirm_timeout,3000}]}].\n',
    'rabbitmq.conf': `listeners.tcp.default = 127.0.0.1:${port}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${management}
disk_free_limit.absolute = 50MB
log.file.rotation.size = 10485760
log.file.rotation.count = 3
`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(data, file), text);
  const script = serverScript();
  return {
    ports,
    command: script,
    args: [],
    env: {
      PATH: `${dirname(script)}:${process.env['PATH']}`,
      LANG: 'C.UTF-8',
      HOME: join(data, 'home'),
      RABBITMQ_NODENAME: nodeName,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      ERL_EPMD_PORT: String(epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_CRASH_DUMP: join(logs, 'rabbitmq-crash.dump'),
      RABBITMQ_MNESIA_BASE: join(data, 'mnesia'),
      RABBITMQ_LOG_BASE: logs,
      RABBITMQ_PID_FILE: join(data, 'rabbit.pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(data, 'enabled_plugins'),
      RABBITMQ_CONFIG_FILE: join(data, 'rabbitmq.conf'),
      RABBITMQ_ADVANCED_CONFIG_FILE: join(data, 'advanced.config'),
      RABBITMQ_CONF_ENV_FILE: join(data, 'rabbitmq-env.conf'),
      RABBITMQ_GENERATED_CONFIG_DIR: join(data, 'generated'),
    },
  };
}
