import Ajv from 'ajv/dist/2020';
import { CooperativeVerifiedV1, event } from '@idxcoop/contracts';
import { cooperative, importedReady, startReporting } from '../../../../test/support/reporting';
import { Answers } from './schema';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema?: { type?: string; enum?: unknown };
}
interface Operation {
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

describe(Answers.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let paths: Record<string, Record<string, Operation>>;
  let schemas: Record<string, { properties: Record<string, { type?: string }> }>;
  let key: string;

  beforeAll(async () => {
    reporting = await startReporting();
    const { body } = await reporting.http.get('/openapi.json').expect(200);
    paths = body.paths;
    schemas = body.components.schemas;
    await reporting.learn(importedReady(20, '2020-10-08', '2020-10-08T03:00:00Z'));
    const at = { effectiveOn: '2020-10-09', knownAt: '2020-11-09T03:00:00Z' };
    await reporting.learn([event(CooperativeVerifiedV1, { ...cooperative(), ...at })]);
    key = await reporting.setTarget({ baseline: { value: 0, date: '2020-10-01' }, milestones: [10, 50] });
    await post('/v1/indicators', { key: 'seen', name: 'n', definition: 'd', unit: 'u', source: 's' });
  });
  afterAll(() => reporting.close());

  const post = (path: string, body: object, token = reporting.lead) =>
    reporting.http.post(path).set('authorization', token).send(body);

  function expectDescribed(method: string, path: string, status: number, answer: unknown): void {
    const schema = paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema;
    if (!schema) throw new Error(`${method} ${path} describes no ${status}`);
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    validate(answer);
    expect(validate.errors ?? []).toEqual([]);
  }

  it.each([
    ['/v1/targets', ''],
    ['/v1/targets/{key}', ''],
    ['/v1/targets/{key}/progress', '?asOf=2020-10-09'],
    ['/v1/targets/{key}/progress', ''],
    ['/v1/targets/{key}/series', '?until=2020-10-10'],
    ['/v1/targets/{key}/revisions', ''],
    ['/v1/indicators', ''],
    ['/v1/indicators/cooperatives_joined', ''],
    ['/v1/work-calendars', ''],
    ['/v1/statistics', ''],
  ])('describes what GET %s%s answers', async (path, query) => {
    const { body } = await reporting.http.get(path.replace('{key}', key) + query).expect(200);
    expectDescribed('get', path.replace('cooperatives_joined', '{key}'), 200, body);
  });

  it('describes what is answered to those who write', async () => {
    const snapshot = (await post(`/v1/targets/${key}/snapshots`, { asOf: '2020-10-09' }).expect(201)).body;
    expectDescribed('post', '/v1/targets/{key}/snapshots', 201, snapshot);
    const snapshots = (await reporting.http.get(`/v1/targets/${key}/snapshots`).expect(200)).body;
    expectDescribed('get', '/v1/targets/{key}/snapshots', 200, snapshots);
    expectDescribed('get', '/v1/targets/{key}/snapshots/{id}', 200, snapshot);
    const shares = (await post(`/v1/targets/${key}/allocation`, { by: 'active_cooperatives_2014' }).expect(200)).body;
    expectDescribed('post', '/v1/targets/{key}/allocation', 200, shares);
    const value = (await post('/v1/indicators/seen/observations', { date: '2020-10-08', value: 1, source: 'x' })).body;
    expectDescribed('post', '/v1/indicators/{key}/observations', 201, value);
    const values = (await reporting.http.get('/v1/indicators/seen/observations').expect(200)).body;
    expectDescribed('get', '/v1/indicators/{key}/observations', 200, values);
    const changed = await reporting.http
      .patch(`/v1/targets/${key}`)
      .set('authorization', reporting.lead)
      .set('if-match', '"1"')
      .send({ owner: 'Deputi', reason: 'Baru' });
    expectDescribed('patch', '/v1/targets/{key}', 200, changed.body);
    const other = {
      key: 'other',
      name: 'n',
      indicator: 'seen',
      value: 5,
      deadline: '2027-01-01',
      timeZone: 'Asia/Jakarta',
    };
    expectDescribed('post', '/v1/targets', 201, (await post('/v1/targets', other).expect(201)).body);
  });

  it('describes every answer, asks for no header that may be left out, and calls no text an object', () => {
    const wrong: string[] = [];
    for (const [path, operations] of Object.entries(paths))
      for (const [method, { parameters = [], responses }] of Object.entries(operations)) {
        const [status, good] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
        if (status !== '204' && !good?.content?.['application/json']?.schema)
          wrong.push(`${method} ${path}: no answer`);
        for (const { name, in: where, required, schema } of parameters) {
          if (where === 'header' && required && name !== 'if-match')
            wrong.push(`${method} ${path}: ${name} is required`);
          if (schema?.type === 'object') wrong.push(`${method} ${path}: ${name} is an object`);
        }
      }
    for (const [name, { properties }] of Object.entries(schemas))
      for (const [member, { type }] of Object.entries(properties))
        if (type === 'object') wrong.push(`${name}.${member} is an object`);
    expect(wrong).toEqual([]);
  });
});
