/** @typedef {import('./rules.mjs').Compose} Compose */

const ROLES = ['api', 'events', 'jobs', 'schedules'];

/**
 * That the file runs the system as it is: a container per service and role, stores as we need them, one door.
 * @param {Compose} file
 * @param {readonly string[]} services
 * @returns {string[]} what is wrong, one sentence each
 */
export function parts(file, services) {
  return [...units(file, services), ...stores(file), ...doors(file), ...addresses(file)];
}

/** @param {Compose} file @param {readonly string[]} services @returns {string[]} */
function units(file, services) {
  return services.flatMap((service) =>
    ROLES.flatMap((role) => {
      const name = `${service}-${role}`;
      const unit = file.services[name];
      if (!unit) return [`${name} is missing`];
      const wrong = [];
      const main = `dist/apps/${service}/src/main.js`;
      if (!unit['command']?.includes('node') || unit['command'].at(-1) !== main) wrong.push(`does not run ${main}`);
      if (unit['environment']?.ROLES !== role) wrong.push(`does not have the role ${role}`);
      if (unit['container_name'] || unit['ports']) wrong.push('has a fixed name or port, and cannot be scaled');
      if (!unit['healthcheck']) wrong.push('has no healthcheck');
      for (const store of ['mongo', 'rabbitmq', 'redis', 'keys']) {
        if (!unit['depends_on']?.[store]) wrong.push(`does not wait for ${store}`);
      }
      return wrong.map((what) => `${name} ${what}`);
    }),
  );
}

/** @param {Compose} file @returns {string[]} */
function stores({ services: { mongo, rabbitmq, redis } }) {
  const wrong = [];
  const line = (/** @type {unknown} */ command) => [command ?? ''].flat().join(' ');
  if (!/--replSet rs0/.test(line(mongo?.['command']))) wrong.push('mongo is no replica set');
  if (!/rs\.initiate/.test(line(mongo?.['healthcheck']?.test))) wrong.push('nobody initiates the replica set of mongo');
  if (!/^mongo:8\./.test(mongo?.['image'] ?? '')) wrong.push('mongo is not MongoDB 8');
  if (!/^rabbitmq:4\..*-management/.test(rabbitmq?.['image'] ?? ''))
    wrong.push('rabbitmq is not RabbitMQ 4 with management');
  if (!rabbitmq?.['hostname'])
    wrong.push('rabbitmq has no hostname of its own: its data would be lost with the container');
  if (!/^redis:8\./.test(redis?.['image'] ?? '')) wrong.push('redis is not Redis 8');
  if (!/--maxmemory-policy noeviction/.test(line(redis?.['command']))) wrong.push('redis may evict jobs');
  if (!/--appendonly yes/.test(line(redis?.['command']))) wrong.push('redis does not keep jobs');
  for (const [name, store] of Object.entries({ mongo, rabbitmq, redis })) {
    if (!store?.['volumes']?.length) wrong.push(`${name} keeps its data nowhere`);
    if (store?.['ports']) wrong.push(`${name} is open to the outside`);
  }
  return wrong;
}

/** @param {Compose} file @returns {string[]} */
function doors(file) {
  const open = Object.entries(file.services).filter(([, { ports = [] }]) =>
    ports.some((/** @type {string} */ port) => !String(port).startsWith('127.0.0.1:')),
  );
  const names = open.map(([name]) => name);
  return names.join() === 'edge' ? [] : [`the door is edge alone, not ${names.join(', ') || 'nothing'}`];
}

/** @param {Compose} file @returns {string[]} addresses of containers that do not exist */
function addresses(file) {
  return Object.entries(file.services).flatMap(([name, { environment = {} }]) =>
    Object.entries(environment).flatMap(([variable, value]) => {
      // The default of a variable of the shell is what counts here.
      const plain = String(value ?? '').replace(/\$\{[A-Z_]+:?-([^}]*)\}/g, '$1');
      const host = /^[a-z]+:\/\/(?:[^@/]*@)?([a-z0-9.-]+)/.exec(plain)?.[1];
      if (!host || host === 'localhost' || host in file.services) return [];
      return [`${name}: ${variable} leads to ${host}, which does not exist`];
    }),
  );
}
