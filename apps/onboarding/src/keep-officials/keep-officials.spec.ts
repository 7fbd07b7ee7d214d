import { Tokens } from '@idxcoop/platform';
import { signIn, signInCodeOf } from '../../../../test/support/sign-in';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { KeepOfficialsController } from './keep-officials.controller';

describe(KeepOfficialsController.name, () => {
  let service: StartedService;
  let ministry: string;
  let internal: string;
  const official = {
    name: 'Deputi Perkoperasian',
    office: 'Deputi',
    roles: ['programme_lead'],
    territory: 'ID',
    contacts: { email: 'Deputi@Kemenkop.example', phone: '0811-1000-1000' },
  };
  const add = (body: object, token = ministry) =>
    service.http.post('/v1/officials').auth(token, { type: 'bearer' }).send(body);
  const ask = (path: string) => service.http.get(path).auth(internal, { type: 'bearer' });

  const as = (token: string) => service.http.get('/v1/review-cases').auth(token, { type: 'bearer' });
  const refresh = (refreshToken: string) => service.http.post('/v1/sessions/refresh').send({ refreshToken });
  const patch = (id: string, body: object, version = 1) =>
    service.http
      .patch(`/v1/officials/${id}`)
      .auth(ministry, { type: 'bearer' })
      .set('If-Match', `"${version}"`)
      .send(body);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    ministry = await service.token({ roles: ['ministry'] });
    internal = await service.get(Tokens).forService('notifications');
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('keeps officials with their addresses as they are used', async () => {
    const { body, headers } = await add(official).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      ...official,
      contacts: { email: 'deputi@kemenkop.example', phone: '+6281110001000' },
      language: 'id',
      leave: [],
    });
    expect(headers.location).toBe(`/v1/officials/${body.id}`);
    const shown = await service.http
      .get(headers.location as string)
      .auth(ministry, { type: 'bearer' })
      .expect(200);
    expect(shown.body).toEqual(body);
    const officer = await service.token({ roles: ['officer'] });
    await service.http
      .get(headers.location as string)
      .auth(officer, { type: 'bearer' })
      .expect(403);
    await service.http.get('/v1/officials/x').auth(ministry, { type: 'bearer' }).expect(404);
    const list = await service.http
      .get('/v1/officials?role=programme_lead')
      .auth(ministry, { type: 'bearer' })
      .expect(200);
    expect(list.body).toEqual({ items: [body], nextCursor: null });
  });

  it('tells other services the channels, and the address only for one delivery', async () => {
    const { body } = await add({ ...official, roles: ['verifier'] }).expect(201);
    const list = await ask('/internal/officials?role=verifier').expect(200);
    expect(list.body.items).toEqual([
      { officialId: body.id, office: 'Deputi', territory: 'ID', channel: 'email', language: 'id' },
      { officialId: body.id, office: 'Deputi', territory: 'ID', channel: 'whatsapp', language: 'id' },
    ]);
    const delivery = await ask(`/internal/officials/${body.id}/delivery?channel=whatsapp`).expect(200);
    expect(delivery.body).toMatchObject({ channel: 'whatsapp', address: '+6281110001000', office: 'Deputi' });
    await service.http.get('/internal/officials').auth(ministry, { type: 'bearer' }).expect(401);
  });

  it('leaves out who is on leave', async () => {
    service.clock.set('2026-12-24T17:30:00.000Z');
    await add({ ...official, roles: ['operations'], leave: [{ from: '2026-12-25', to: '2026-12-31' }] }).expect(201);
    expect((await ask('/internal/officials?role=operations')).body.items).toEqual([]);
    service.clock.set('2026-12-31T17:30:00.000Z');
    expect((await ask('/internal/officials?role=operations')).body.items).toHaveLength(2);
  });

  it.each<[string, string, object]>([
    ['/contacts', 'email_or_phone_required', { contacts: {} }],
    ['/contacts', 'email_or_phone_required', { contacts: { email: null } }],
    ['/contacts', 'required', { contacts: undefined }],
    [
      '/leave/1/to',
      'ends_before_start',
      {
        leave: [
          { from: '2026-01-01', to: '2026-01-01' },
          { from: '2026-01-02', to: '2026-01-01' },
        ],
      },
    ],
    ['/office', 'control_characters', { office: 'Deputi\u0000' }],
  ])('refuses %s with %s', async (pointer, code, fields) => {
    expect((await add({ ...official, ...fields }).expect(422)).body.errors).toMatchObject([{ pointer, code }]);
  });

  it('refuses others, unknown roles and unknown territories', async () => {
    await add(official, await service.token({ roles: ['officer'] })).expect(403);
    await add({ ...official, roles: ['king'] }).expect(422);
    expect((await add({ ...official, territory: '99' }).expect(422)).body.code).toBe('unknown_region');
  });

  it('lets people in office in with their roles and territory, until these change', async () => {
    const phone = '+6281355000999';
    const office = { ...official, roles: ['officer'], territory: '12.71', contacts: { phone } };
    const id = (await add(office).expect(201)).body.id as string;
    const signedIn = await signIn(service, { phone });
    expect(signedIn.subject).toMatchObject({ kind: 'official', id, roles: ['officer'], territory: '12.71' });
    await as(signedIn.accessToken).expect(200);
    await patch(id, { name: 'Rina Sari' }).expect(200);
    await as(signedIn.accessToken).expect(200);
    await patch(id, { roles: ['editor'] }, 1).expect(412);
    const { headers } = await patch(id, { roles: ['editor'] }, 2).expect(200);
    expect(headers.etag).toBe('"3"');
    await as(signedIn.accessToken).expect(401);
    await refresh(signedIn.refreshToken).expect(401);
    const again = await signIn(service, { phone });
    expect(again.subject.roles).toEqual(['editor']);
    await service.http
      .delete(`/v1/officials/${id}/sessions`)
      .auth(ministry, { type: 'bearer' })
      .expect(200, { revoked: 1 });
    await refresh(again.refreshToken).expect(401);
    await patch(id, { roles: [] }, 3).expect(200);
    const { flowId } = (await service.http.post('/v1/sign-ins').send({ phone }).expect(202)).body;
    await service.http
      .post(`/v1/sign-ins/${flowId}`)
      .send({ code: signInCodeOf(service, flowId) })
      .expect(422);
  });
});
