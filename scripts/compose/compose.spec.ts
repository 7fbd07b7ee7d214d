import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { EDGE_ROUTES, SERVICES } from '@idxcoop/contracts';
import { caddyfile } from './caddyfile.mjs';
import { parts } from './parts.mjs';
import { type Compose, shape, variables } from './rules.mjs';

const ROOT = join(__dirname, '../..');
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const fresh = (): Compose => parse(text, { merge: true }) as Compose;
const check = (file: Compose) => [...shape(file), ...parts(file, SERVICES)];
/** A copy in which the services that one spoils are their own: the anchors of the file share objects. */
const spoiled = (spoil: (services: Compose['services'], file: Compose) => void): string[] => {
  const file = JSON.parse(JSON.stringify(fresh())) as Compose;
  spoil(file.services, file);
  return check(file);
};

describe('docker-compose.yml', () => {
  it('holds every rule', () => {
    expect(check(fresh())).toEqual([]);
    expect(variables(text.replace(/^\s*#.*$/gm, ''))).toEqual([]);
  });

  it('has the edge that the contracts say', () => {
    expect(readFileSync(join(ROOT, 'deploy/compose/Caddyfile'), 'utf8')).toBe(caddyfile(EDGE_ROUTES));
    expect(caddyfile(EDGE_ROUTES)).not.toContain('/internal');
  });

  const offenders: Record<string, [(services: Compose['services'], file: Compose) => void, RegExp]> = {
    'an unknown key': [(s) => void (s.redis!.port = 1), /redis: port is no key/],
    'an unknown top key': [(_, file) => void (file.service = {}), /service is no part/],
    'a missing dependency': [(s) => void delete s.redis, /depends on redis, which does not exist/],
    'an image that floats': [(s) => void (s.mongo!.image = 'mongo:8'), /mongo:8 is not pinned/],
    'a wait for health that nobody tells': [(s) => void delete s.mongo!.healthcheck, /waits for the health of mongo/],
    'a wait for the end of what never ends': [(s) => void (s.keys!.restart = 'always'), /waits for the end of keys/],
    'a broken healthcheck': [(s) => void (s.redis!.healthcheck.test = ['redis-cli']), /has no test/],
    'a test that YAML read as a map': [(s) => void (s.redis!.healthcheck.test[1] = { a: 1 }), /is not text/],
    'a bad duration': [(s) => void (s.redis!.healthcheck.interval = '3 sec'), /interval is no duration/],
    'a volume that is not declared': [(_, file) => void delete file.volumes!.redis, /volume redis is not declared/],
    'a circle': [
      (s) => void (s.mongo!.depends_on = { 'reporting-api': { condition: 'service_healthy' } }),
      /is a circle/,
    ],
    'a missing role': [(s) => void delete s['notifications-jobs'], /notifications-jobs is missing/],
    'a wrong role': [
      (s) => void (s['reporting-jobs']!.environment.ROLES = 'api'),
      /reporting-jobs does not have the role/,
    ],
    'a wrong program': [(s) => s['reporting-api']!.command.push('x.js'), /reporting-api does not run/],
    'a fixed port on what is scaled': [(s) => void (s['reporting-api']!.ports = ['81:3000']), /cannot be scaled/],
    'a second door': [(s) => void (s.redis!.ports = ['6379:6379']), /the door is edge alone, not redis, edge/],
    'a Redis that evicts': [(s) => void (s.redis!.command = ['redis-server']), /may evict/],
    'a mongod without replica set': [(s) => void (s.mongo!.command = ['mongod']), /no replica set/],
    'an address of nobody': [
      (s) => void (s['reporting-api']!.environment.REDIS_URL = 'redis://cache:6379'),
      /REDIS_URL leads to cache/,
    ],
  };
  it.each(Object.entries(offenders))('is refused with %s', (_, [spoil, message]) => {
    expect(spoiled(spoil).join('\n')).toMatch(message);
  });

  it('is refused with a variable that has no default', () => {
    expect(variables('a: ${A:-1} $$x ${B} $C ${D:?needed}')).toEqual([
      '${B} has no default',
      '$C has no default',
      '${D:?needed} has no default',
    ]);
  });
});
