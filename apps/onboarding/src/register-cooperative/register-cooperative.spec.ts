import { newId } from '@idxcoop/platform';
import { aSignUp, factsOf, signUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { RegisterCooperativeController } from './register-cooperative.controller';

describe(RegisterCooperativeController.name, () => {
  let service: StartedService;
  const post = (body: object) => service.http.post('/v1/cooperatives').send(body);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('answers with a draft, a status token and a verification for each consented channel', async () => {
    const { body, headers } = await post(aSignUp()).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      registration: 'draft',
      statusToken: expect.any(String),
      statusUrl: `/v1/cooperatives/${body.id}/status`,
      verifications: [
        { flowId: expect.any(String), channel: 'email', expiresAt: expect.any(String) },
        { flowId: expect.any(String), channel: 'whatsapp', expiresAt: expect.any(String) },
      ],
    });
    expect(headers.location).toBe(`/v1/cooperatives/${body.id}`);
  });

  it('states one registration and one request for each verification, and no person', async () => {
    const { id } = await signUp(service);
    const facts = await factsOf(service, id);
    expect(facts.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['onboarding.cooperative.registered.v1', 1],
      ['onboarding.verification.requested.v1', 2],
      ['onboarding.verification.requested.v1', 3],
    ]);
    expect(facts[0]?.data).toMatchObject({ cooperativeId: id, regionCode: '12.71.05.1003', origin: 'self' });
    expect(JSON.stringify(facts)).not.toMatch(/Siti|@|\+62/);
  });

  it('keeps the phone in E.164 and the person apart from the cooperative', async () => {
    const { id } = await signUp(service, aSignUp({}, { phone: '0062 812 3456 9999' }));
    const person = await service.mongo.connection.collection('people').findOne({ cooperativeId: id });
    expect(person?.contacts).toMatchObject([{ channel: 'email' }, { channel: 'whatsapp', address: '+6281234569999' }]);
    const cooperative = await service.mongo.connection.collection<{ _id: string }>('cooperatives').findOne({ _id: id });
    expect(JSON.stringify(cooperative)).not.toMatch(/Siti|@|\+62/);
  });

  it('keeps names on one line, without spaces that mean nothing', async () => {
    const { id } = await signUp(
      service,
      aSignUp({ name: '  Koperasi\n  Maju\tBersama ' }, { name: ' Siti \r\n Rahma ' }),
    );
    expect((await service.http.get(`/v1/cooperatives/${id}`)).body.name).toBe('Koperasi Maju Bersama');
    const person = await service.mongo.connection.collection('people').findOne({ cooperativeId: id });
    expect(person?.name).toBe('Siti Rahma');
  });

  it('needs no more than one address, and asks only where it may', async () => {
    const minimal = {
      name: 'Koperasi Kecil',
      form: 'primary',
      type: 'consumer',
      regionCode: '12',
      contact: { name: 'Budi', phone: '081298765432' },
      consent: { version: '2020-10', purposes: ['service'], channels: ['email', 'whatsapp'] },
    };
    const { body } = await post(minimal).expect(201);
    expect(body.verifications).toMatchObject([{ channel: 'whatsapp' }]);
  });

  it('resolves an old region code to its successor', async () => {
    const { id } = await signUp(service, aSignUp({ regionCode: '91.01' }));
    const { body } = await service.http.get(`/v1/cooperatives/${id}`).expect(200);
    expect(body).toMatchObject({ regionCode: '93.01', region: { name: 'Kabupaten Merauke', provinceCode: '93' } });
  });

  it('shows the public the organisation and no person', async () => {
    const { id } = await signUp(service);
    const { body } = await service.http.get(`/v1/cooperatives/${id}`).expect(200);
    expect(body).toMatchObject({
      id,
      form: 'primary',
      type: 'savings_loan',
      regionCode: '12.71.05.1003',
      registration: 'draft',
    });
    expect(JSON.stringify(body)).not.toMatch(/Siti|siti|812/);
    await service.http.get(`/v1/cooperatives/${newId()}`).expect(404);
  });

  it.each<[string, string, object, object]>([
    ['/contact/phone', 'not_mobile', {}, { phone: '021-5290999' }],
    ['/contact/phone', 'not_mobile', {}, { phone: '1500587' }],
    ['/contact/email', 'not_email', {}, { email: 'siti@' }],
    ['/contact', 'email_or_phone_required', {}, { email: undefined, phone: undefined }],
    ['/contact', 'email_or_phone_required', {}, { email: null, phone: null }],
    ['/contact/name', 'control_characters', {}, { name: 'Siti\u0000Rahma' }],
    ['/contact/position', 'control_characters', {}, { position: 'ketua\u009f' }],
    ['/name', 'control_characters', { name: 'Koperasi \u001b[31m Maju' }, {}],
    ['/legalEntityNumber', 'control_characters', { legalEntityNumber: '5\u0007/BH' }, {}],
    ['/legalEntityNumber', 'bad_format', { legalEntityNumber: '-/-' }, {}],
    ['/website', 'control_characters', { website: 'https://maju.example/\u0007' }, {}],
    [
      '/consent/version',
      'unknown_consent_version',
      { consent: { version: '2020-10\u0000', purposes: ['service'], channels: ['email'] } },
      {},
    ],
    ['/contact/language', 'not_allowed', {}, { language: 'jv' }],
    ['/form', 'not_allowed', { form: 'tertiary' }, {}],
    ['/type', 'not_allowed', { type: 'bank' }, {}],
    ['/name', 'required', { name: undefined }, {}],
    ['/nikKoperasi', 'bad_format', { nikKoperasi: '12345' }, {}],
    ['/website', 'not_url', { website: 'javascript:alert(1)' }, {}],
    ['/consent', 'required', { consent: undefined }, {}],
    [
      '/consent/purposes',
      'service_consent_required',
      { consent: { version: '2020-10', purposes: ['announcements'], channels: ['email'] } },
      {},
    ],
    [
      '/consent',
      'no_consented_address',
      { consent: { version: '2020-10', purposes: ['service'], channels: ['email'] } },
      { email: undefined },
    ],
  ])('refuses %s with %s', async (pointer, code, fields, contact) => {
    const { body } = await post(aSignUp(fields, contact))
      .expect(422)
      .expect('Content-Type', /problem\+json/);
    expect(body.code).toBe('invalid');
    expect(body.errors).toEqual([expect.objectContaining({ pointer, code, message: expect.any(String) as string })]);
  });

  it('says unknown fields and unknown regions as such', async () => {
    const unknown = await post(aSignUp({ nik: '1' })).expect(422);
    expect(unknown.body).toMatchObject({ code: 'unknown_field', errors: [{ pointer: '/nik', code: 'unknown_field' }] });
    const region = await post(aSignUp({ regionCode: '12.99' })).expect(422);
    expect(region.body).toMatchObject({
      code: 'unknown_region',
      errors: [{ pointer: '/regionCode', code: 'unknown_region' }],
    });
  });

  it.each([
    [
      'the legal number, however it is written',
      (body: ReturnType<typeof aSignUp>) => ({
        legalEntityNumber: ` no. ${body.legalEntityNumber.toLowerCase().replaceAll('/', ' - ')}`,
        nikKoperasi: undefined,
      }),
    ],
    [
      'nikKoperasi',
      (body: ReturnType<typeof aSignUp>) => ({ nikKoperasi: body.nikKoperasi, legalEntityNumber: undefined }),
    ],
  ])('knows a duplicate by %s', async (_case, same) => {
    const first = aSignUp();
    const { id } = await signUp(service, first);
    const { body } = await post(aSignUp(same(first))).expect(409);
    expect(body).toMatchObject({
      code: 'duplicate_cooperative',
      survivor: `/v1/cooperatives/${id}`,
      claimUrl: `/v1/cooperatives/${id}/claims`,
    });
    expect(JSON.stringify(body)).not.toMatch(/Siti|@|812/);
  });

  it('lets one of twenty sign-ups at the same moment through', async () => {
    const { legalEntityNumber } = aSignUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(aSignUp({ legalEntityNumber }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(answers.filter(({ body }) => body.survivor).length).toBe(19);
  });

  it('gives the stored answer with its token to the same key, and refuses the key for another body', async () => {
    const key = newId();
    const body = aSignUp();
    const first = await post(body).set('Idempotency-Key', key).expect(201);
    const again = await post(body).set('Idempotency-Key', key).expect(201).expect('Idempotent-Replayed', 'true');
    expect(again.body).toEqual(first.body);
    expect(again.headers.location).toBe(first.headers.location);
    const other = await post(aSignUp()).set('Idempotency-Key', key).expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
    const stored = await service.mongo.connection.collection('idempotency_keys').find({}).toArray();
    expect(JSON.stringify(stored)).not.toContain(first.body.statusToken);
  });

  it('takes so many sign-ups a minute from one address', async () => {
    const strict = await startService(OnboardingModule, { roles: ['api'], config: { signUpsPerMinute: 2 } });
    try {
      const answers = [];
      for (let time = 0; time < 3; time += 1) answers.push(await strict.http.post('/v1/cooperatives').send(aSignUp()));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
    } finally {
      await strict.close();
    }
  });

  it('writes to a contact at most five times an hour', async () => {
    const phone = '081311112222';
    for (let time = 0; time < 5; time += 1) await post(aSignUp({}, { phone, email: undefined })).expect(201);
    const { body, headers } = await post(aSignUp({}, { phone, email: undefined })).expect(429);
    expect(body.code).toBe('rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });
});
