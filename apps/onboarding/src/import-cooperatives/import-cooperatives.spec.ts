import { csv, importsOf, many } from '../../../../test/support/import-files';
import { type Fact, factsOf, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ImportCooperativesController } from './import-cooperatives.controller';

describe(ImportCooperativesController.name, () => {
  let service: StartedService;
  let officer: ReturnType<typeof importsOf>;
  let ministry: ReturnType<typeof importsOf>;
  const config = { liveSince: '2026-01-01' };
  const factsAbout = async (importId: string, type = 'onboarding.cooperative.imported.v1'): Promise<Fact[]> =>
    (await factsOf(service)).filter((fact) => fact.type === type && fact.data.importId === importId);
  const requestsTo = async (cooperativeId: unknown) =>
    (await factsOf(service, String(cooperativeId))).filter(
      ({ type }) => type === 'onboarding.verification.requested.v1',
    );
  const countOf = (filter: object) => service.mongo.connection.collection('cooperatives').countDocuments(filter);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'], config });
    officer = importsOf(service, await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' }));
    ministry = importsOf(service, await service.token({ roles: ['ministry'], subject: 'ministry' }));
  });
  afterAll(() => service?.close());

  it('takes the case of the article in: 310 rows, known that day, and writes to nobody', async () => {
    const file = csv(
      many(310, (at) => ({
        region_code: ['11', '12', '31', '35'][at % 4],
        declared_ready_on: '2020-10-08',
        known_at: '2020-10-08',
        contact_email: `ketua${at}@koperasi.example`,
        consent_version: '2020-10',
      })),
    );
    const begun = Date.now();
    const { body } = await ministry.send(file, {}).expect(202);
    expect(body).toMatchObject({
      id: expect.any(String),
      state: 'queued',
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const done = await ministry.finished(body.id);
    expect(done).toMatchObject({
      state: 'completed',
      dryRun: false,
      totals: { rows: 310, created: 310, updated: 0, unchanged: 0, duplicates: 0, rejected: 0 },
      progress: { done: 310, of: 310 },
      errorsUrl: `/v1/imports/${body.id}/errors.csv`,
    });
    expect(Date.now() - begun).toBeLessThan(20_000);
    const facts = await factsAbout(body.id);
    expect(facts).toHaveLength(310);
    expect(facts[0]?.data).toMatchObject({
      effectiveOn: '2020-10-08',
      knownAt: '2020-10-08T16:59:59.999Z',
      declaredReadyOn: '2020-10-08',
      registration: 'draft',
      created: true,
      historical: true,
    });
    expect(await requestsTo(facts[0]?.data.cooperativeId)).toEqual([]);
  });

  it('says what would happen in a dry run, and leaves nothing behind', async () => {
    const file = csv([{}, { form: 'x' }, { external_id: 'same' }, { external_id: 'same' }]);
    const before = await countOf({});
    const dry = await officer.run(file, { dryRun: true });
    expect(dry).toMatchObject({
      dryRun: true,
      totals: { rows: 4, created: 2, updated: 0, unchanged: 0, duplicates: 1, rejected: 1 },
    });
    expect(await countOf({})).toBe(before);
    expect(await factsAbout(dry.id)).toEqual([]);
    expect((await officer.run(file)).totals).toEqual(dry.totals);
  });

  it('has an error line for each row that was not taken, in both languages, without its values', async () => {
    const file = csv([
      {},
      { contact_phone: '021-5290999', type: 'rahasia' },
      { region_code: '13' },
      { external_id: 'E' },
      { external_id: 'E' },
    ]);
    const { id, totals } = await officer.run(file);
    expect(totals).toEqual({ rows: 5, created: 2, updated: 0, unchanged: 0, duplicates: 1, rejected: 2 });
    const lines = (await officer.errors(id)).trim().split('\r\n');
    expect(lines[0]).toBe('row,column,code,message');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
      '3 contact_phone not_mobile',
      '3 type not_allowed',
      '4 region_code outside_territory',
      '6 external_id duplicate_in_file',
    ]);
    expect(lines[1]).toContain('bukan nomor ponsel');
    expect(await officer.errors(id, 'en')).toContain('is not a valid mobile number');
    expect(lines.join()).not.toMatch(/rahasia|5290999/);
  });

  it('takes all or nothing in mode all, and the mended file afterwards', async () => {
    const file = csv([{}, { type: 'x' }, {}]);
    const before = await countOf({});
    const failed = await officer.run(file, { mode: 'all' });
    expect(failed).toMatchObject({
      state: 'failed',
      totals: { rows: 3, created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 3 },
    });
    expect(await countOf({})).toBe(before);
    expect((await officer.errors(failed.id)).match(/others_rejected/g)).toHaveLength(2);
    await officer.send(file, { mode: 'all' }).expect(202);
    expect(await officer.run(csv([{}, {}, {}]), { mode: 'all' })).toMatchObject({
      state: 'completed',
      totals: { created: 3 },
    });
  });

  it('adds what is missing to a known row, and refuses a contradiction', async () => {
    const row = { external_id: 'known-1', name: 'Koperasi Dikenal' };
    await officer.run(csv([row]));
    const added = await officer.run(csv([{ ...row, declared_ready_on: '2026-02-01', website: 'dikenal.example' }]));
    expect(added.totals).toMatchObject({ created: 0, updated: 1 });
    expect(await factsAbout(added.id)).toMatchObject([
      {
        sequence: 2,
        data: { created: false, declaredReadyOn: '2026-02-01', effectiveOn: '2026-02-01', registration: 'draft' },
      },
    ]);
    const verified = await officer.run(csv([{ ...row, verified_on: '2026-03-01' }]));
    const [fact] = await factsAbout(verified.id);
    expect(fact?.data).toMatchObject({ registration: 'verified', verifiedOn: '2026-03-01' });
    expect(fact?.data.declaredReadyOn).toBeUndefined();
    expect((await officer.run(csv([{ ...row, verified_on: '2026-03-01' }, {}]))).totals).toMatchObject({
      unchanged: 1,
      created: 1,
    });
    const differs = await officer.run(csv([{ ...row, verified_on: '2026-03-02' }]));
    expect(differs.totals).toMatchObject({ rejected: 1 });
    expect(await officer.errors(differs.id)).toContain('2,verified_on,differs_from_stored');
  });

  it('finds a self-made sign-up by its legal number and adds to it; elsewhere it is a duplicate', async () => {
    const { id } = await signUpVerified(service);
    const { legalEntityNumber, name } = (await service.mongo.connection
      .collection<{ _id: string }>('cooperatives')
      .findOne({ _id: id })) as never as Record<string, string>;
    const row = {
      external_id: '',
      name,
      legal_entity_number: legalEntityNumber,
      region_code: '12.71.05.1003',
      type: 'savings_loan',
      form: 'primary',
    };
    const added = await officer.run(csv([{ ...row, declared_ready_on: '2026-02-01' }]));
    expect(added.totals).toMatchObject({ updated: 1 });
    const elsewhere = importsOf(service, await service.token({ roles: ['officer'], territory: '13' }));
    expect((await elsewhere.run(csv([{ ...row, region_code: '13' }]))).totals).toMatchObject({ duplicates: 1 });
  });

  it('asks people to confirm over what they consented to, else by e-mail only', async () => {
    const contact = (at: number) => ({
      contact_name: 'Ani',
      contact_email: `ani${at}@x.example`,
      contact_phone: `0813-1111-000${at}`,
    });
    const { id } = await officer.run(
      csv([{ ...contact(1), consent_version: '2020-10' }, contact(2), { contact_phone: '0813-1111-0003' }]),
    );
    const channels = [];
    const imported = await factsAbout(id);
    for (const { data } of imported) {
      const requests = await requestsTo(data.cooperativeId);
      channels.push(requests.map((request) => request.data.channel));
      expect(requests.every((request) => request.data.imported === true)).toBe(true);
    }
    expect(channels.sort((a, b) => b.length - a.length)).toEqual([['email', 'whatsapp'], ['email'], []]);
    expect(await service.mongo.connection.collection('consents').countDocuments({ importId: id })).toBe(1);
    const inSixDays = new Date(Date.now() + 6 * 86_400_000);
    const flows = service.mongo.connection.collection('verification_flows');
    const own = { cooperativeId: { $in: imported.map(({ data }) => data.cooperativeId) } };
    expect(await flows.countDocuments(own)).toBe(3);
    expect(await flows.countDocuments({ ...own, expiresAt: { $lt: inSixDays } })).toBe(0);
  });

  it('lets only the ministry say when it was known', async () => {
    const { id, totals } = await officer.run(csv([{ known_at: '2020-10-08', declared_ready_on: '2020-10-08' }]));
    expect(totals).toMatchObject({ rejected: 1 });
    expect(await officer.errors(id)).toContain('2,known_at,known_at_not_allowed');
  });
});
