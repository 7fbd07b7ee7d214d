import { loadConfig } from '@idxcoop/platform';
import supertest from 'supertest';
import { eventually } from '../../../test/support/eventually';
import { createStores, type TestStores } from '../../../test/support/start-service';
import { TEST_JWKS, token } from '../../../test/support/tokens';
import { type Standalone, startStandalone } from './standalone';

describe(startStandalone.name, () => {
  let stores: TestStores;
  let standalone: Standalone;
  let http: ReturnType<typeof supertest>;

  beforeAll(async () => {
    stores = await createStores();
    const { dbPrefix, rabbitmqUrl } = stores;
    const config = loadConfig({ ...process.env, NODE_ENV: 'test', ROLES: 'api' });
    standalone = await startStandalone(
      config.with({ port: 0, dbPrefix, rabbitmqUrl, authJwks: TEST_JWKS, logLevel: 'silent', shutdownDeadline: 5_000 }),
    );
    http = supertest(standalone.url);
  });
  afterAll(async () => {
    await standalone?.close();
    await stores?.drop();
  });

  it('joins the documents of the services, and describes nothing that no path refers to', async () => {
    const { body } = await http.get('/openapi.json').expect(200);
    for (const path of ['/v1/cooperatives', '/v1/messages', '/v1/search', '/v1/targets'])
      expect(Object.keys(body.paths).some((known) => known.startsWith(path))).toBe(true);
    expect(Object.keys(body.paths).filter((path) => path.startsWith('/internal'))).toEqual([]);
    const referred = JSON.stringify(body);
    const unused = Object.keys(body.components.schemas).filter(
      (name) => !referred.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
    expect((await http.get('/asyncapi.json').expect(200)).body.asyncapi).toMatch(/^3/);
  });

  it('is ready, and measured with a label for each service', async () => {
    await eventually(() => http.get('/health/ready').expect(200));
    const { text } = await http.get('/metrics').expect(200);
    expect(text).toContain('service="onboarding"');
    expect(text).toContain('service="reporting"');
  });

  it('shows the queues to operations only', async () => {
    const board = (authorization: string) => http.get('/ops/queues').set('Authorization', authorization);
    const bearer = async (role: 'officer' | 'operations') => `Bearer ${await token({ roles: [role] })}`;
    expect((await board('').expect(401)).headers['www-authenticate']).toMatch(/^Basic/);
    await board(await bearer('officer')).expect(403);
    await board(await bearer('operations')).expect(200);
  });

  it.each(['/docs/', '/health/live', '/metrics', '/nothing', '/v1/targets'])(
    'keeps a browser on guard at %s',
    async (path) => {
      const { headers } = await http.get(path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      // Scripts of the page of documents come from here, its styles are in the page.
      expect(headers['content-security-policy']).toMatch(/script-src 'self';.*style-src 'self' https: 'unsafe-inline'/);
      expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    },
  );

  it('does not route what services ask each other', async () => {
    const { body } = await http.get('/internal/anything').expect(404);
    expect(body.code).toBe('not_found');
  });
});
