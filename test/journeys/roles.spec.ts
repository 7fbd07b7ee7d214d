import { EDGE_ROUTES } from '@idxcoop/contracts';
import {
  CallerIdentity,
  type DeclaredRoute,
  loadConfig,
  newId,
  routesOf,
  type RunningService,
  Tokens,
  USER_ROLES,
  type UserRole,
} from '@idxcoop/platform';
import { DiscoveryService } from '@nestjs/core';
import supertest from 'supertest';
import { type Standalone, startStandalone } from '../../apps/standalone/src/standalone';
import { sampleBody, takesFile } from '../support/sample-body';
import { aSignUp, codeOf, flowOf } from '../support/sign-up';
import { createStores, type StartedService, type TestStores } from '../support/start-service';
import { TEST_JWKS, TEST_PRIVATE_JWK, token } from '../support/tokens';

type Route = DeclaredRoute & { service: RunningService; where: string };

/** People whose work ends at the border of their territory. */
const TERRITORIAL: UserRole[] = ['assistant', 'officer', 'verifier'];

/**
 * Where the things stand that a path names by its first word, so that one of a foreign territory can be asked for. A path that is not
 * here, and that people of a territory may use, fails: say where its things are, or that they belong to no territory.
 */
const THINGS: Readonly<Record<string, string | null>> = {
  cooperatives: 'cooperatives',
  'website-checks': 'cooperatives',
  'review-cases': 'review_cases',
  imports: 'imports',
  evidence: 'evidence',
  'duplicate-candidates': 'duplicate_candidates',
  reports: 'reports',
  officials: null,
  'app-listings': null,
  library: null,
  'work-calendars': null,
};

/** Every route of every service, as it declares itself: a new one is in here by itself. */
describe('roles and territories', () => {
  let stores: TestStores;
  let standalone: Standalone;
  let routes: Route[];
  const tokens = new Map<UserRole, string>();
  const documents = new Map<RunningService, ReturnType<RunningService['openapi']>>();
  /** A thing of 12.71.05.1003 in each collection that has one. */
  const things = new Map<string, string>();

  const onboarding = () => standalone.services[0] as RunningService;

  beforeAll(async () => {
    stores = await createStores();
    const { dbPrefix, rabbitmqUrl } = stores;
    const config = loadConfig({ ...process.env, NODE_ENV: 'test', ROLES: 'api' });
    const keys = { authJwks: TEST_JWKS, authPrivateJwk: TEST_PRIVATE_JWK };
    const quiet = { port: 0, logLevel: 'silent', shutdownDeadline: 5_000 };
    standalone = await startStandalone(config.with({ ...quiet, ...keys, dbPrefix, rabbitmqUrl }));
    routes = standalone.services.flatMap((service) =>
      routesOf(service.app.get(DiscoveryService))
        .filter(({ method }) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
        .map((route) => ({ ...route, service, where: `${service.service}: ${route.method} ${route.path}` })),
    );
    for (const role of USER_ROLES) tokens.set(role, await token({ roles: [role] }));
    await seed();
  });
  afterAll(async () => {
    await standalone?.close();
    await stores?.drop();
  });

  /** Asks as a caller would; `ids` stand for the parameters of the path, in their order. */
  async function ask(route: Route, bearer?: string, ids: string[] = [], body?: object) {
    const left = [...ids];
    const path = route.path.replace(/:[A-Za-z]+/g, () => left.shift() ?? newId());
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    let request = supertest(route.service.handler)[method](path).set('If-Match', '*');
    if (bearer) request = request.set('Authorization', `Bearer ${bearer}`);
    const isFile = takesFile(documentOf(route), templateOf(route), method);
    const filled = isFile ? request.attach('file', Buffer.from('x'), 'x.csv') : request.send(body ?? {});
    const answer = await (method === 'get' ? request : filled);
    return { status: answer.status, code: (answer.body as { code?: string }).code, text: answer.text };
  }

  /** The routes whose answer to somebody is not the one that it has to be. */
  async function wrong(some: Route[], bearer: string | undefined, status: number): Promise<string[]> {
    const answers = await Promise.all(some.map(async (route) => ({ route, answer: await ask(route, bearer) })));
    return answers
      .filter(({ answer }) => answer.status !== status)
      .map(({ route, answer }) => `${route.where}: ${answer.status}`);
  }

  const of = (kind: string) => routes.filter(({ access }) => access?.kind === kind);
  const rolesOf = ({ access }: Route): readonly UserRole[] => (access?.kind === 'roles' ? access.roles : []);

  it('finds the routes of all services, each below a path that leads to its service', () => {
    expect(routes.length).toBeGreaterThan(60);
    const lost = routes
      .filter(({ path }) => !/^\/(internal|health|metrics)/.test(path))
      .filter(
        ({ path, service }) => !EDGE_ROUTES[service.service].some((prefix) => `${path}/`.startsWith(`${prefix}/`)),
      );
    expect(lost.map(({ where }) => where)).toEqual([]);
  });

  it('asks everybody for a token who comes without, with a made-up one, or with that of a service', async () => {
    const internal = await onboarding().app.get(Tokens).forService('reporting');
    for (const bearer of [undefined, 'a.b.c', internal]) expect(await wrong(of('roles'), bearer, 401)).toEqual([]);
  });

  it.each(USER_ROLES)('refuses %s wherever the role is not named', async (role) => {
    const caller = new CallerIdentity('s', [role]);
    const closed = of('roles').filter((route) => rolesOf(route).length > 0 && !caller.has(...rolesOf(route)));
    expect(closed.length).toBeGreaterThan(10);
    expect(await wrong(closed, tokens.get(role), 403)).toEqual([]);
  });

  it('opens what services and partners ask to no person, whatever their role', async () => {
    const others = [...of('internal'), ...of('partner')];
    expect(others.length).toBeGreaterThan(8);
    for (const bearer of [undefined, ...tokens.values()]) expect(await wrong(others, bearer, 401)).toEqual([]);
  });

  it('opens a door of a cooperative to nobody without a token of that cooperative', async () => {
    const doors = of('public').filter(({ bearer, path }) => bearer && path.startsWith('/v1/cooperatives/:id'));
    expect(doors.length).toBeGreaterThan(3);
    const applicant = await token({ roles: ['applicant'], cooperativeId: newId() });
    const elsewhere = await token({ roles: TERRITORIAL, territory: '31' });
    const open: string[] = [];
    for (const route of doors) {
      for (const bearer of [undefined, applicant, elsewhere, tokens.get('editor')]) {
        const { status } = await ask(route, bearer, idsFor(route), bodyOf(route));
        const refused = bearer === undefined ? [401] : [403, 404];
        if (!refused.includes(status)) open.push(`${route.where}: ${status}`);
      }
    }
    expect(open).toEqual([]);
  });

  it('knows where the things are that people of a territory may ask for', () => {
    const unknown = territorial().filter(({ path }) => path.includes(':') && !(wordOf(path) in THINGS));
    expect(unknown.map(({ where }) => where)).toEqual([]);
  });

  it('says nothing of what lies in another territory: a thing of it is as if it were not there', async () => {
    const foreign = await token({ roles: TERRITORIAL, territory: '31' });
    const told: string[] = [];
    let seen = 0;
    for (const route of territorial().filter(
      ({ path }) => path.includes(':') && things.has(THINGS[wordOf(path)] ?? ''),
    )) {
      const body = bodyOf(route);
      const there = await ask(route, foreign, idsFor(route), body);
      const nowhere = await ask(route, foreign, [], body);
      seen += 1;
      const isHidden = there.status === nowhere.status && there.code === nowhere.code && there.status >= 400;
      if (!isHidden && there.status !== 403) told.push(`${route.where}: ${there.status}, unknown ${nowhere.status}`);
    }
    expect(told).toEqual([]);
    expect(seen).toBeGreaterThan(3);
  });

  it('lists nothing of another territory, and the own', async () => {
    const foreign = await token({ roles: TERRITORIAL, territory: '31' });
    const own = await token({ roles: TERRITORIAL, territory: '12.71' });
    const lists = territorial().filter(({ method, path }) => method === 'GET' && !path.includes(':'));
    const told: string[] = [];
    for (const route of lists) {
      const { text } = await ask(route, foreign);
      const named = [...things.values()].filter((id) => text.includes(id));
      if (named.length > 0) told.push(route.where);
    }
    expect(told).toEqual([]);
    const cases = lists.find(({ path }) => path === '/v1/review-cases') as Route;
    expect((await ask(cases, own)).text).toContain(things.get('review_cases'));
  });

  function territorial(): Route[] {
    return of('roles').filter((route) => rolesOf(route).some((role) => TERRITORIAL.includes(role)));
  }

  function wordOf(path: string): string {
    return path.split('/')[2] ?? '';
  }

  function idsFor({ path }: Route): string[] {
    const id = things.get(THINGS[wordOf(path)] ?? '');
    return id ? [id] : [];
  }

  function bodyOf(route: Route): object {
    return sampleBody(documentOf(route), templateOf(route), route.method.toLowerCase());
  }

  function documentOf({ service }: Route): ReturnType<RunningService['openapi']> {
    const known = documents.get(service) ?? service.openapi();
    documents.set(service, known);
    return known;
  }

  function templateOf({ path }: Route): string {
    return path.replace(/:([A-Za-z]+)/g, '{$1}');
  }

  /** A cooperative of a village in Medan that waits for its officer, and a file of its office. */
  async function seed(): Promise<void> {
    const http = supertest(onboarding().handler);
    const { body } = await http.post('/v1/cooperatives').send(aSignUp()).expect(201);
    const flowId = flowOf(body, 'whatsapp');
    const service = { get: (provider: never) => onboarding().app.get(provider) } as unknown as StartedService;
    await http
      .post(`/v1/verifications/${flowId}`)
      .send({ code: codeOf(service, flowId) })
      .expect(200);
    const submitted = await http
      .post(`/v1/cooperatives/${body.id}/submit`)
      .auth(body.statusToken, { type: 'bearer' })
      .expect(202);
    const officer = await token({ roles: ['officer'], territory: '12.71' });
    const file = Buffer.from('external_id,name,form,type,region_code\n1,Koperasi Satu,primary,consumer,12.71\n');
    const { body: filed } = await http
      .post('/v1/imports/cooperatives?dryRun=true')
      .auth(officer, { type: 'bearer' })
      .attach('file', file, 'koperasi.csv')
      .expect(202);
    const { body: reported } = await http
      .post('/v1/reports')
      .send({ kind: 'false_cooperative', cooperativeId: body.id, text: 'Tidak ada kantornya.' })
      .expect(201);
    things.set('reports', reported.id as string);
    things.set('cooperatives', body.id as string);
    things.set('review_cases', submitted.body.reviewCase.id as string);
    things.set('imports', filed.id as string);
  }
});
