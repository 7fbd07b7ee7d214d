import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { csv, IMPORT_HEADER, importsOf, many } from '../../../../test/support/import-files';
import { codeOf, type Fact, factsOf } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { Import } from '../imports/import.schema';
import { OnboardingModule } from '../onboarding.module';
import { ImportCooperativesJob } from './import-cooperatives.job';
import { ImportRun } from './import-run';
import { MOST_BYTES } from './read-file';

describe(ImportCooperativesJob.name, () => {
  let service: StartedService;
  let officer: ReturnType<typeof importsOf>;
  let token: string;
  const config = { liveSince: '2026-01-01' };
  const factsAbout = async (importId: string, type = 'onboarding.cooperative.imported.v1'): Promise<Fact[]> =>
    (await factsOf(service)).filter((fact) => fact.type === type && fact.data.importId === importId);
  const requestsTo = async (cooperativeId: unknown) =>
    (await factsOf(service, String(cooperativeId))).filter(
      ({ type }) => type === 'onboarding.verification.requested.v1',
    );

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'], config });
    token = await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' });
    officer = importsOf(service, token);
  });
  afterAll(() => service?.close());

  it('answers with the first import when the same file comes again', async () => {
    const file = csv([{}]);
    const { id } = await officer.run(file);
    const again = await officer.send(file).expect(200);
    expect(again.body).toMatchObject({ id, state: 'completed' });
    const dry = await officer.send(file, { dryRun: true }).expect(202);
    expect(dry.body.id).not.toBe(id);
    const raced = csv([{}]);
    const answers = await Promise.all([1, 2, 3].map(() => officer.send(raced)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('rolls back: what it created is gone, what it added is taken back, and the file may come again', async () => {
    const row = { external_id: 'base-1', name: 'Koperasi Dasar' };
    await officer.run(csv([row]));
    const file = csv([
      { ...row, verified_on: '2026-03-01' },
      { contact_email: 'baru@x.example', legal_entity_number: '77/BH/1' },
      { contact_phone: '081311119999', consent_version: '1' },
    ]);
    const done = await officer.run(file);
    const facts = await factsAbout(done.id);
    // By their sequence: the two new ones, then the second fact of the one that was there.
    const [gone, own, base] = facts.map(({ data }) => data.cooperativeId as string) as [string, string, string];
    const flow = (await requestsTo(own))[0]?.data.flowId as string;
    await service.http
      .post(`/v1/verifications/${flow}`)
      .send({ code: codeOf(service, flow) })
      .expect(200);

    const rollback = () => officer.rollBack(done.id);
    expect((await rollback().expect(202)).body).toMatchObject({ id: done.id, state: 'running', finishedAt: null });
    await eventually(async () =>
      expect((await rollback().expect(200)).body).toMatchObject({ id: done.id, state: 'rolled_back' }),
    );
    expect(await factsAbout(done.id, 'onboarding.import.reverted.v1')).toHaveLength(1);
    const entries = service.mongo.connection.collection('audit_entries').find({ subjectId: done.id });
    expect((await entries.toArray()).map(({ action, by }) => `${action} ${by}`)).toEqual([
      'import.uploaded officer-12',
      'import.rolled_back officer-12',
    ]);
    await service.http.get(`/v1/cooperatives/${gone}`).expect(404);
    const { body: left } = await service.http.get(`/v1/cooperatives/${base}`).expect(200);
    expect(left.registration).toBe('draft');
    await service.http.get(`/v1/cooperatives/${own}`).expect(200);
    const people = await service.mongo.connection.collection('people').find({ importId: done.id }).toArray();
    expect(people.map(({ cooperativeId }) => cooperativeId)).toEqual([own]);

    await officer.send(file).expect(202);
  });

  it('goes on where it was killed, with the same totals, also when two work at it', async () => {
    const held = await startService(OnboardingModule, {
      roles: ['api'],
      stores: service.stores,
      config: { liveSince: '2026-01-01', dbPrefix: `${service.stores.dbPrefix}-k` },
    });
    try {
      const { body } = await held.http
        .post('/v1/imports/cooperatives')
        .auth(token, { type: 'bearer' })
        .attach('file', Buffer.from(csv(many(350, (at) => (at % 10 === 3 ? { form: 'x' } : {})))), 'data.csv')
        .expect(202);
      const importId = body.id as string;
      const found = (await held.mongo.connection
        .model<Import>(Import.name)
        .findById(importId)
        .lean<Import>()) as Import;
      await (await held.get(ImportRun).open(found)).next();
      const job = held.get(ImportCooperativesJob);
      expect(await job.due(new Date(), 10)).toEqual([]);
      // The worker that did the first chunk is dead, and its lease over.
      const dead = { $set: { leaseUntil: new Date(0), takenUp: 1 } };
      await held.mongo.connection.collection('imports').updateOne({ state: 'running' }, dead);
      expect(await job.due(new Date(), 10)).toEqual([{ id: `${importId}-import-1`, data: { importId } }]);
      const stray = await held.get(ImportRun).open(found);
      const { signal } = new AbortController();
      await Promise.all([job.process({ importId }, { attempt: 1, signal }), stray.next(), stray.next()]);
      const after = await held.http.get(`/v1/imports/${importId}`).auth(token, { type: 'bearer' });
      expect(after.body).toMatchObject({ state: 'completed', totals: { rows: 350, created: 315, rejected: 35 } });
      expect(await held.mongo.connection.collection('cooperatives').countDocuments({ importId })).toBe(315);
      expect(await held.mongo.connection.collection('import_errors').countDocuments({ importId })).toBe(35);
      expect(await job.due(new Date(), 10)).toEqual([]);
    } finally {
      await held.close();
    }
  });

  it('gives the stored answer to the same key, and refuses the key for another file', async () => {
    const [file, key] = [csv([{}]), newId()];
    const first = await officer.send(file).set('Idempotency-Key', key).expect(202);
    const again = await officer
      .send(file)
      .set('Idempotency-Key', key)
      .expect(202)
      .expect('Idempotent-Replayed', 'true');
    expect([again.body.id, again.headers.location]).toEqual([first.body.id, `/v1/imports/${first.body.id}`]);
    const other = await officer
      .send(csv([{}]))
      .set('Idempotency-Key', key)
      .expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
  });

  it('keeps the original unreadable, and until 30 days after the end', async () => {
    const { id, finishedAt } = await officer.run(csv([{ contact_name: 'Rahasia Sekali' }]));
    const parts = await service.mongo.connection.collection('import_files').find({}).toArray();
    const readable = parts.filter(
      ({ content }) => /Rahasia/.test(content as string) || /UmFoYXNpY/.test(content as string),
    );
    expect([parts.length > 0, readable.length]).toEqual([true, 0]);
    const own = parts.find(({ importId }) => importId === id);
    const days = ((own?.deleteAt as Date).getTime() - Date.parse(finishedAt as string)) / 86_400_000;
    expect(Math.round(days)).toBe(30);
  });

  it.each<[string, number, string, string | Buffer]>([
    ['an unknown column', 422, 'unknown_column', 'name,form,type,region_code,phone\nA,primary,service,12,1\n'],
    ['a missing column', 422, 'missing_column', 'name,form,region_code\nA,primary,12\n'],
    ['no rows', 422, 'empty_file', `${IMPORT_HEADER}\n`],
    ['a quotation mark that is not closed', 422, 'unclosed_quote', csv([{ name: '"Koperasi' }, {}])],
  ])('refuses a file with %s', async (_case, status, code, file) => {
    const { body } = await officer.send(file).expect(status);
    expect(body).toMatchObject({ code: 'unreadable_file', errors: [{ pointer: '/file', code }] });
  });

  it('refuses what is no CSV, no file, no multipart, or too large', async () => {
    expect((await officer.send(Buffer.from('%PDF-1.7')).expect(415)).body.code).toBe('unsupported_file_type');
    const broken = await officer.send(Buffer.from('PK\x03\x04')).expect(422);
    expect(broken.body).toMatchObject({ code: 'unreadable_file', errors: [{ code: 'damaged_file' }] });
    await service.http.post('/v1/imports/cooperatives').auth(token, { type: 'bearer' }).send({}).expect(415);
    await officer.send(Buffer.alloc(MOST_BYTES + 64 * 1024, 'a')).expect(413);
    await officer.send(csv([{}]), { mode: 'some' }).expect(422);
    const editor = importsOf(service, await service.token({ roles: ['editor'] }));
    await editor.send(csv([{}])).expect(403);
  });

  it('takes exactly one file, and names what else there is', async () => {
    const form = () => service.http.post('/v1/imports/cooperatives').auth(token, { type: 'bearer' });
    const [file, name] = [Buffer.from(csv([{}])), 'data.csv'];
    const pointers = async (request: ReturnType<typeof form>) =>
      ((await request.expect(422)).body.errors as { pointer: string; code: string }[]).map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    expect(await pointers(form().attach('berkas', file, name))).toEqual(['/berkas unknown_field', '/file required']);
    expect(await pointers(form().attach('file', file, name).attach('file', file, name))).toEqual([
      '/file not_one_file',
    ]);
    expect(await pointers(form().attach('file', file, name).attach('b', file, name))).toEqual(
      expect.arrayContaining(['/b unknown_field']),
    );
    const three = form().attach('file', file, name).attach('file', file, name).attach('file', file, name);
    expect(await pointers(three)).toEqual(['/file not_one_file']);
    expect(await pointers(form().attach('file', file, name).field('note', 'x'))).toEqual(['/note unknown_field']);
    expect(await pointers(form().field('file', 'x'))).toEqual(['/file unknown_field']);
  });

  it('reads a header in capitals, and refuses what is hidden in a row', async () => {
    const [header, ...rows] = csv([{}, { name: 'Koperasi \u0007' }]).split('\n');
    const done = await officer.run([(header ?? '').toUpperCase(), ...rows].join('\n'));
    expect(done.totals).toMatchObject({ created: 1, rejected: 1 });
    expect(await officer.errors(done.id)).toContain('3,name,control_characters');
  });

  it('shows an import to nobody of another territory', async () => {
    const { id } = await officer.run(csv([{}]));
    const by = async (territory: string) => importsOf(service, await service.token({ roles: ['officer'], territory }));
    for (const other of [await by('13'), await by('12.71')]) {
      await other.get(`/v1/imports/${id}`).expect(404);
      await other.get(`/v1/imports/${id}/errors.csv`).expect(404);
      await other.rollBack(id).expect(404);
    }
    await (await by('ID')).get(`/v1/imports/${id}`).expect(200);
  });
});
