import { aSignUp, flowOf, signUpVerified } from '../../../test/support/sign-up';
import { type StartedService, startService } from '../../../test/support/start-service';
import { OnboardingModule } from './onboarding.module';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
}

/** The paths at which an answer and its schema do not have the same members. */
function differences(value: unknown, schema: Schema, path = ''): string[] {
  const chosen = schema.oneOf?.find(({ type }) => (type === 'null') === (value === null)) ?? schema;
  if (Array.isArray(value)) return value.flatMap((entry) => differences(entry, chosen.items ?? {}, `${path}[]`));
  if (typeof value !== 'object' || value === null) {
    const type = value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;
    return type === chosen.type ? [] : [`${path}: ${type}`];
  }
  const { properties = {}, required = [] } = chosen;
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name}: missing`);
  const found = Object.entries(value).flatMap(([name, member]) =>
    properties[name] ? differences(member, properties[name], `${path}.${name}`) : [`${path}.${name}: unknown`],
  );
  return [...missing, ...found];
}

describe('the OpenAPI document of onboarding', () => {
  let service: StartedService;
  let paths: Record<string, Record<string, { responses: Record<string, never>; parameters: { name: string }[] }>>;
  const schemaOf = (path: string, method: string, status: string): Schema =>
    (paths[path]?.[method]?.responses[status] as never as { content: Record<string, { schema: Schema }> }).content[
      'application/json'
    ]?.schema as Schema;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    paths = (await service.http.get('/openapi.json').expect(200)).body.paths;
  });
  afterAll(() => service?.close());

  it('holds only patterns that need no flag', async () => {
    const { text } = await service.http.get('/openapi.json');
    expect(text).toContain('"pattern"');
    expect(text).not.toContain('\\\\p{');
  });

  it('declares the token of pages', () => {
    for (const path of ['/v1/verifications/{flowId}', '/v1/cooperatives/{id}/status'])
      expect(paths[path]?.get?.parameters.map(({ name }) => name)).toContain('token');
  });

  it('describes the main answers as they are', async () => {
    const signUp = await service.http.post('/v1/cooperatives').send(aSignUp()).expect(201);
    const { id, statusUrl, statusToken } = await signUpVerified(service);
    const bearer = { Authorization: `Bearer ${statusToken}` };
    await service.http.post(`/v1/cooperatives/${id}/submit`).set(bearer).expect(202);
    const officer = { Authorization: `Bearer ${await service.token({ roles: ['officer'], territory: '12' })}` };
    const shown = await service.http.get(`/v1/cooperatives/${id}`).expect(200);
    const status = await service.http.get(statusUrl).set(bearer).expect(200);
    const queue = await service.http.get('/v1/review-cases').set(officer).expect(200);
    const resent = await service.http.post(`/v1/verifications/${flowOf(signUp.body, 'email')}/resend`).expect(202);
    const answers: [unknown, string, string, string][] = [
      [signUp.body, '/v1/cooperatives', 'post', '201'],
      [shown.body, '/v1/cooperatives/{id}', 'get', '200'],
      [status.body, '/v1/cooperatives/{id}/status', 'get', '200'],
      [queue.body, '/v1/review-cases', 'get', '200'],
      [resent.body, '/v1/verifications/{flowId}/resend', 'post', '202'],
      [{ state: 'verified' }, '/v1/verifications/{flowId}', 'post', '200'],
    ];
    for (const [body, path, method, code] of answers)
      expect(differences(body, schemaOf(path, method, code))).toEqual([]);
  });
});
