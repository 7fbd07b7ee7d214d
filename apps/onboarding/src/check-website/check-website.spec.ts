import { NameResolver } from '@idxcoop/platform';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aSignUp, factsOf, signUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { WebsiteWatch } from '../website/website-watch.schema';
import { CheckWebsiteJob } from './check-website.job';
import { PlanWebsiteChecksJob } from './plan-website-checks.job';

const DAY = 86_400_000;

describe(CheckWebsiteJob.name, () => {
  let service: StartedService;
  let server: Server;
  let port: number;
  let asked: string[] = [];
  let page: { status: number; html: string };
  let count = 0;
  const resolver = {
    resolve: async (name: string) =>
      name.endsWith('.gone.example') ? { missing: 'no_such_name' } : { addresses: ['127.0.0.1'] },
  };
  const watchOf = (cooperativeId: string) =>
    service.mongo.connection.collection<WebsiteWatch>('website_watches').findOne({ cooperativeId });
  /** Plans and looks at what is due, as the timer and the workers would. */
  const work = async () => {
    await service.get(PlanWebsiteChecksJob).process({});
    const job = service.get(CheckWebsiteJob);
    for (const { data } of await job.due(service.clock.now(), 100)) await job.process(data);
  };
  /** The same, and a moment later what had to wait for its turn at a host. */
  const workOff = async () => {
    await work();
    service.clock.advance(60_000);
    await work();
  };
  const registered = async (host?: string) => {
    count += 1;
    const signedUp = await signUp(service, aSignUp({ website: `http://${host ?? `site${count}.example`}:${port}/` }));
    const own = (path = '') =>
      service.http
        .get(`/v1/cooperatives/${signedUp.id}/website-check${path}`)
        .auth(signedUp.statusToken, { type: 'bearer' });
    return { ...signedUp, own };
  };
  const factsAbout = async (id: string) =>
    (await factsOf(service)).filter(({ type, data }) => type.includes('.website.') && data.cooperativeId === id);

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(String(request.headers.host).split(':')[0] as string);
      response.writeHead(page.status, { 'content-type': 'text/html' }).end(page.html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    service = await startService(OnboardingModule, {
      roles: ['api'],
      config: { outboundAllow: ['127.0.0.1'] },
      overrides: [{ provide: NameResolver, useValue: resolver }],
    });
  });
  beforeEach(() => {
    page = { status: 200, html: '<h1>Koperasi</h1>' };
    asked = [];
    service.clock.set('2026-03-02T03:00:00.000Z');
  });
  afterAll(async () => {
    server.close().closeAllConnections();
    await service?.close();
  });

  it('looks at a website that was just given, tells once that it is there, and shows what was found', async () => {
    const { id, own } = await registered();
    await own().expect(404);
    await workOff();
    const { body } = await own().expect(200);
    expect(body).toMatchObject({
      state: 'up',
      since: '2026-03-02T03:00:00.000Z',
      failures: 0,
      latest: { isUp: true, status: 200, reason: null, redirects: 0, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    service.clock.set(body.nextCheckAt);
    await workOff();
    expect(asked).toHaveLength(2);
    expect((await factsAbout(id)).map(({ type }) => type)).toEqual(['onboarding.website.came-up.v1']);
    const officer = await service.token({ roles: ['officer'], territory: '12.71' });
    const shown = await service.http.get(`/v1/website-checks/${id}`).auth(officer, { type: 'bearer' }).expect(200);
    expect(shown.body.findings).toHaveLength(2);
    const elsewhere = await service.token({ roles: ['officer'], territory: '32' });
    await service.http.get(`/v1/website-checks/${id}`).auth(elsewhere, { type: 'bearer' }).expect(404);
    const list = await service.http.get('/v1/website-checks?state=up').auth(elsewhere, { type: 'bearer' }).expect(200);
    expect(list.body.items).toEqual([]);
  });

  it('is sure that it is down after three looks over seven days, asks for it anew, and is content when it is back', async () => {
    const { id, own, statusUrl, statusToken } = await registered();
    const due = async () =>
      (
        await service.http.get(statusUrl).auth(statusToken, { type: 'bearer' }).expect(200)
      ).body.requirements.items.find(
        ({ requirement, key }: { requirement?: string; key?: string }) => (key ?? requirement) === 'website',
      );
    await workOff();
    page = { status: 503, html: '' };
    for (const days of [8, 11.6, 15.2]) {
      service.clock.set(new Date(Date.UTC(2026, 2, 10, 3) + days * DAY));
      await workOff();
    }
    expect((await own()).body).toMatchObject({ state: 'down', failures: 3, latest: { reason: 'http_503' } });
    expect(await due()).toMatchObject({ state: expect.stringMatching(/due/) });
    page = { status: 200, html: '<h1>Kembali</h1>' };
    await service.http.post(`/v1/cooperatives/${id}/website-check`).auth(statusToken, { type: 'bearer' }).expect(202);
    await workOff();
    expect((await own()).body).toMatchObject({ state: 'up', failures: 0 });
    expect(await due()).toMatchObject({ state: 'satisfied' });
    expect((await factsAbout(id)).map(({ type, data }) => [type.split('.')[2], data.reason])).toEqual([
      ['came-up', undefined],
      ['went-down', 'http_503'],
      ['came-up', undefined],
    ]);
  });

  it('asks one host for one page at a time, over all processes', async () => {
    const shared = await Promise.all([1, 2, 3].map(() => registered('shared.example')));
    await work();
    expect(asked).toEqual(['shared.example']);
    const turns = await Promise.all(shared.map(({ id }) => watchOf(id)));
    const waits = turns
      .filter((watch) => watch?.turnAt)
      .map((watch) => Number(watch?.turnAt) - service.clock.now().getTime())
      .sort((a, b) => a - b);
    expect(waits[0]).toBeLessThanOrEqual(2_000);
    expect((waits[1] as number) - (waits[0] as number)).toBeGreaterThan(1_000);
    service.clock.advance(5_000);
    await work();
    expect(asked).toHaveLength(3);
  });

  it('looks at no page twice when it is woken twice', async () => {
    const { id } = await registered();
    await service.get(PlanWebsiteChecksJob).process({});
    const job = service.get(CheckWebsiteJob);
    await Promise.all([job.process({ cooperativeId: id }), job.process({ cooperativeId: id })]);
    expect(asked).toHaveLength(1);
  });

  it('spreads what it finds unwatched over the night, and forgets what is asked of nobody', async () => {
    const { id, statusToken } = await registered('site.gone.example');
    await work();
    expect(await watchOf(id)).toMatchObject({ state: 'unknown', failures: 1, latest: { reason: 'no_such_name' } });
    await service.mongo.connection.collection<WebsiteWatch>('website_watches').deleteOne({ cooperativeId: id });
    await service.get(PlanWebsiteChecksJob).process({ all: true });
    expect((await watchOf(id))?.nextAt.getUTCHours()).toBeGreaterThanOrEqual(15);
    await service.http.post(`/v1/cooperatives/${id}/withdraw`).auth(statusToken, { type: 'bearer' });
    service.clock.advance(2 * DAY);
    await work();
    expect(await watchOf(id)).toBeNull();
  });
});
