import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { startEdge } from './edge.mjs';

describe(startEdge.name, () => {
  const servers: Server[] = [];
  let edge: Server;

  /** What a process of a service answers. */
  const service = async (path: string, name: string) => {
    const openapi = { openapi: '3.1.0', info: { title: name }, paths: { [path]: {} }, components: { schemas: {} } };
    const answers: Record<string, string> = {
      '/openapi.json': JSON.stringify(openapi),
      '/metrics': `# HELP up it is\n# TYPE up gauge\nup 1\n\n# HELP seen how many\n# TYPE seen counter\nseen{service="${name}"} 2\n`,
      '/health/ready': '{}',
      [path]: JSON.stringify({ from: name }),
    };
    const server = createServer((asked, response) => {
      const answer = answers[asked.url ?? ''];
      response.writeHead(answer === undefined ? 404 : 200).end(answer);
    });
    servers.push(server);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  beforeAll(async () => {
    const onboarding = await service('/v1/cooperatives', 'onboarding');
    const reporting = await service('/v1/targets', 'reporting');
    const api = { onboarding, reporting, notifications: 'http://127.0.0.1:1' };
    edge = await startEdge({ port: 0, api: { onboarding, reporting }, all: api });
    servers.push(edge);
  });
  afterAll(() => servers.map((server) => server.close()));

  it('passes on by path', async () => {
    expect(JSON.parse((await request(edge).get('/v1/targets').expect(200)).text)).toEqual({ from: 'reporting' });
  });

  it('joins the documents of the services', async () => {
    const { body } = await request(edge).get('/openapi.json').expect(200);
    expect(Object.keys(body.paths)).toEqual(['/v1/cooperatives', '/v1/targets']);
    expect((await request(edge).get('/asyncapi.json').expect(200)).body.asyncapi).toMatch(/^3/);
    const page = await request(edge).get('/docs/').expect(200);
    expect(page.text).toContain('swagger-ui');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('joins the metrics of the processes that answer', async () => {
    const { text } = await request(edge).get('/metrics').expect(200);
    expect(text).toBe(
      '# HELP up it is\n# TYPE up gauge\nup{process="onboarding"} 1\nup{process="reporting"} 1\n\n' +
        '# HELP seen how many\n# TYPE seen counter\nseen{process="onboarding",service="onboarding"} 2\n' +
        'seen{process="reporting",service="reporting"} 2\n',
    );
  });

  it('names the processes that are not ready', async () => {
    expect((await request(edge).get('/health/ready').expect(503)).body.missing).toEqual(['notifications']);
  });

  it('refuses what nobody answers, in the problem of the platform', async () => {
    const { body } = await request(edge).get('/internal/x').expect(404);
    expect(body).toMatchObject({ code: 'not_found', title: 'Tidak ditemukan' });
  });
});
