/**
 * The rules of the compose file that matter here; the keys are those of the Compose Specification.
 * @typedef {Record<string, any>} Service
 * @typedef {{ services: Record<string, Service>, volumes?: Record<string, unknown>, networks?: Record<string, unknown>, [key: string]: unknown }} Compose
 */

const TOP = new Set(['name', 'services', 'networks', 'volumes', 'configs', 'secrets', 'include']);
const KEYS = new Set(
  `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent
  cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules
  devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add
  healthcheck hostname image init ipc isolation labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit
  models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles
  provider pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal
  storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir`.split(
    /\s+/,
  ),
);
const HEALTH = new Set(['test', 'interval', 'timeout', 'retries', 'start_period', 'start_interval', 'disable']);
const CONDITIONS = new Set(['service_started', 'service_healthy', 'service_completed_successfully']);
const DURATION = /^(\d+(us|ms|s|m|h))+$/;
const PINNED = /:v?\d+\.\d+\.\d+(-[a-z0-9.]+)?(@sha256:[0-9a-f]{64})?$/;
const OWN = /^idxcoop(-[a-z]+)?:local$/;

/** @param {Compose} file @returns {string[]} what is wrong, one sentence each */
export function shape(file) {
  const wrong = [];
  for (const key of Object.keys(file))
    if (!TOP.has(key) && !key.startsWith('x-')) wrong.push(`${key} is no part of a compose file`);
  for (const [name, service] of Object.entries(file.services)) {
    const say = (/** @type {string} */ what) => wrong.push(`${name}: ${what}`);
    for (const key of Object.keys(service))
      if (!KEYS.has(key) && !key.startsWith('x-')) say(`${key} is no key of a service`);
    if (!service.image && !service.build) say('has neither image nor build');
    if (service.image && !OWN.test(service.image) && !PINNED.test(service.image)) say(`${service.image} is not pinned`);
    if (OWN.test(service.image ?? '') && !service.build?.target) say('our own image has no build target');
    healthcheck(service.healthcheck, say);
    for (const [other, { condition }] of Object.entries(needs(service))) needed(file, other, condition, say);
    for (const volume of service.volumes ?? []) {
      const [source] = String(volume).split(':');
      if (source && !/^[./~]/.test(source) && !(source in (file.volumes ?? {})))
        say(`volume ${source} is not declared`);
    }
    for (const network of service.networks ?? [])
      if (!(network in (file.networks ?? {}))) say(`network ${network} is not declared`);
  }
  return [...wrong, ...circles(file)];
}

/** @param {Service} service @returns {Record<string, { condition: string }>} */
export function needs({ depends_on: named = {} }) {
  if (!Array.isArray(named)) return named;
  return Object.fromEntries(named.map((name) => [name, { condition: 'service_started' }]));
}

/** @param {any} check @param {(what: string) => void} say */
function healthcheck(check, say) {
  if (!check) return;
  for (const key of Object.keys(check)) if (!HEALTH.has(key)) say(`${key} is no key of a healthcheck`);
  const { test } = check;
  if (!Array.isArray(test) || !['CMD', 'CMD-SHELL'].includes(test[0]) || test.length < 2)
    say('the healthcheck has no test');
  else if (test.some((word) => typeof word !== 'string')) say('the test of the healthcheck is not text');
  for (const key of ['interval', 'timeout', 'start_period']) {
    if (check[key] !== undefined && !DURATION.test(check[key])) say(`${key} is no duration`);
  }
  if (!Number.isInteger(check.retries)) say('the healthcheck has no number of retries');
}

/** @param {Compose} file @param {string} other @param {string} condition @param {(what: string) => void} say */
function needed(file, other, condition, say) {
  const service = file.services[other];
  if (!service) return say(`depends on ${other}, which does not exist`);
  if (!CONDITIONS.has(condition)) say(`${condition} is no condition`);
  if (condition === 'service_healthy' && !service.healthcheck)
    say(`waits for the health of ${other}, which has no healthcheck`);
  if (condition === 'service_completed_successfully' && service.restart !== 'no')
    say(`waits for the end of ${other}, which is restarted`);
}

/** @param {Compose} file @returns {string[]} */
function circles(file) {
  const done = new Set();
  /** @type {(name: string, path: string[]) => string[]} */
  const visit = (name, path) => {
    if (path.includes(name)) return [`${[...path, name].join(' → ')} is a circle`];
    if (done.has(name) || !file.services[name]) return [];
    done.add(name);
    return Object.keys(needs(file.services[name])).flatMap((other) => visit(other, [...path, name]));
  };
  return Object.keys(file.services).flatMap((name) => visit(name, []));
}

/** @param {string} text @returns {string[]} variables of the shell without which the file does not stand */
export function variables(text) {
  const wrong = [];
  for (const [whole, name, rest] of text.matchAll(
    /(?<!\$)\$(?:\{([A-Za-z_][A-Za-z0-9_]*)([^}]*)\}|[A-Za-z_][A-Za-z0-9_]*)/g,
  )) {
    if (!name || !/^:?-/.test(rest ?? '')) wrong.push(`${whole} has no default`);
  }
  return wrong;
}
