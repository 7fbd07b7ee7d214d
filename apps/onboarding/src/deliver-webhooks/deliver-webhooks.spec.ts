import { CooperativeVerifiedV1, event } from '@idxcoop/contracts';
import type { EventContext } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { TellPartnersConsumer } from '../tell-partners/tell-partners.consumer';
import { DeliverWebhooksJob } from './deliver-webhooks.job';

const DAY = 86_400_000;

describe(DeliverWebhooksJob.name, () => {
  let service: StartedService;
  let server: Server;
  let url: string;
  let status = 204;
  let received: { headers: Record<string, string>; body: string }[] = [];
  let ministry: string;

  const as = (token: string) => ({
    post: (path: string, body: object = {}) => service.http.post(path).auth(token, { type: 'bearer' }).send(body),
    get: (path: string) => service.http.get(path).auth(token, { type: 'bearer' }),
    delete: (path: string) => service.http.delete(path).auth(token, { type: 'bearer' }),
  });
  const aPartner = async () => {
    const { body } = await as(ministry)
      .post('/v1/partners', { name: 'Penyedia', website: 'https://penyedia.example' })
      .expect(201);
    const made = await as(ministry)
      .post(`/v1/partners/${body.id}/api-keys`, { label: 'server', scopes: ['webhooks'] })
      .expect(201);
    return { id: body.id as string, keyId: made.body.id as string, key: made.body.key as string };
  };
  const endpoints = '/v1/partners/me/webhook-endpoints';
  const anEndpoint = async (key: string) =>
    (
      await as(key)
        .post(endpoints, { url, types: ['cooperative.verified'] })
        .expect(201)
    ).body as {
      id: string;
      secret: string;
    };
  const tell = (eventId = newId()) =>
    service.mongo.transaction((session) => {
      const at = '2026-03-02T03:00:00.000Z';
      const place = { type: 'service', form: 'primary', regionCode: '12.71' } as const;
      const fact = event(CooperativeVerifiedV1, { cooperativeId: newId(), ...place, effectiveOn: at, knownAt: at });
      const context = { id: eventId, type: CooperativeVerifiedV1.event, time: new Date(at), session };
      return service.get(TellPartnersConsumer).on(fact, context as EventContext);
    });
  const work = async () => {
    const job = service.get(DeliverWebhooksJob);
    for (const { data } of await job.due(service.clock.now(), 100)) await job.process(data);
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    service = await startService(OnboardingModule, { roles: ['api'], config: { outboundAllow: ['127.0.0.1'] } });
    ministry = await service.token({ roles: ['ministry'] });
  });
  beforeEach(async () => {
    status = 204;
    received = [];
    service.clock.reset();
    await service.mongo.connection.collection('webhook_endpoints').deleteMany({});
  });
  afterAll(async () => {
    server.close().closeAllConnections();
    await service?.close();
  });

  it('sends a fact once, signed so that the reference of the specification reads it, with nothing of a person', async () => {
    const { key } = await aPartner();
    const { id, secret } = await anEndpoint(key);
    await tell();
    await work();
    await work();
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [(typeof received)[0]];
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      type: 'cooperative.verified',
      timestamp: '2026-03-02T03:00:00.000Z',
      data: {
        cooperativeId: expect.any(String),
        type: 'service',
        form: 'primary',
        regionCode: '12.71',
        effectiveOn: '2026-03-02T03:00:00.000Z',
      },
    });
    const rotated = await as(key).post(`${endpoints}/${id}/secret`).expect(200);
    await tell();
    await work();
    for (const holds of [secret, rotated.body.secret as string]) {
      expect(() => new Webhook(holds).verify(received[1]?.body ?? '', received[1]?.headers ?? {})).not.toThrow();
    }
  });

  it('tries again by the schedule, disables who fails for days, and sends again what is asked for', async () => {
    const { key } = await aPartner();
    const { id } = await anEndpoint(key);
    const log = async () => (await as(key).get(`${endpoints}/${id}/deliveries`).expect(200)).body.items;
    status = 500;
    const begin = new Date();
    service.clock.set(begin);
    await tell();
    await work();
    await work();
    expect(await log()).toMatchObject([{ state: 'pending', attempts: 1, log: [{ status: 500 }] }]);
    service.clock.advance(6_000);
    await work();
    expect(received).toHaveLength(2);
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
    service.clock.advance(5 * DAY);
    await work();
    const [endpoint] = (await as(key).get(endpoints).expect(200)).body.items;
    expect(endpoint).toMatchObject({ state: 'disabled', reason: 'failing' });
    await tell();
    await work();
    expect((await log()).map(({ state }: { state: string }) => state).sort()).toEqual(['held', 'pending']);
    status = 200;
    received = [];
    await as(key).post(`${endpoints}/${id}/enable`).expect(200);
    const range = { from: begin.toISOString(), until: new Date(service.clock.now().getTime() + 1).toISOString() };
    await as(key).post(`${endpoints}/${id}/replays`, range).expect(202, { replayed: 2 });
    await work();
    expect(received).toHaveLength(2);
    expect(await log()).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }]);
  });

  it.each([
    ['https://169.254.169.254/', 'address_refused'],
    ['https://[::1]/', 'address_refused'],
    ['http://8.8.8.8/', 'not_https'],
    ['https://8.8.8.8:8443/', 'bad_port'],
    ['https://user:secret@8.8.8.8/', 'credentials_in_url'],
  ])('takes no endpoint at %s: %s', async (refused, code) => {
    const { key } = await aPartner();
    const { body } = await as(key)
      .post(endpoints, { url: refused, types: ['cooperative.verified'] })
      .expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/url', code }]);
  });

  it('opens to a key that holds only what is its own', async () => {
    const one = await aPartner();
    const other = await aPartner();
    const { id } = await anEndpoint(one.key);
    await as(other.key).get(`${endpoints}/${id}/deliveries`).expect(404);
    await as(ministry).get(endpoints).expect(401);
    const kept = await service.mongo.connection.collection('api_keys').find({}).toArray();
    expect(JSON.stringify(kept)).not.toContain(one.key);
    const keys = `/v1/partners/${one.id}/api-keys`;
    expect((await as(ministry).get(keys)).body.items).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    await as(ministry).delete(`${keys}/${one.keyId}`).expect(204);
    await as(one.key).get(endpoints).expect(401);
    service.clock.advance(366 * DAY);
    await as(other.key).get(endpoints).expect(401);
  });
});
