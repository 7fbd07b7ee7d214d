import { Derivation } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { type Cells, csv, importsOf } from '../../../../test/support/import-files';
import { type Fact, factsOf } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { RollBackImportHandler } from './roll-back-import.handler';

describe(RollBackImportHandler.name, () => {
  let service: StartedService;
  let officer: ReturnType<typeof importsOf>;
  let ministry: ReturnType<typeof importsOf>;
  const config = { liveSince: '2026-01-01' };
  const importedBy = async (importId: string): Promise<Fact[]> =>
    (await factsOf(service)).filter(
      ({ type, data }) => type === 'onboarding.cooperative.imported.v1' && data.importId === importId,
    );
  const idsOf = async (importId: string) =>
    (await importedBy(importId)).map(({ data }) => data.cooperativeId as string).sort();
  const registrationOf = async (id: string) =>
    (await service.http.get(`/v1/cooperatives/${id}`)).body.registration as string | undefined;
  const rollBack = async (id: string, by = officer) => {
    await by.rollBack(id).expect(202);
    await eventually(async () => expect((await by.get(`/v1/imports/${id}`)).body.state).toBe('rolled_back'));
  };
  const serial = (() => {
    let last = 4_000;
    return () => (last += 1);
  })();

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'], config });
    officer = importsOf(service, await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' }));
    ministry = importsOf(service, await service.token({ roles: ['ministry'], subject: 'ministry' }));
  });
  afterAll(() => service?.close());

  it.each<[string, () => Cells]>([
    ['external_id', () => ({ external_id: `back-${serial()}` })],
    ['the legal number', () => ({ external_id: '', legal_entity_number: `${serial()}/BH/2010` })],
    ['nikKoperasi', () => ({ external_id: '', nik_koperasi: `127109000${serial()}` })],
    ['its content, where it has no key', () => ({ external_id: '' })],
  ])('gives a row that comes again its cooperative back, by %s, and its facts go on', async (_case, key) => {
    const row = { ...key(), known_at: '2020-09-15', declared_ready_on: '2020-09-01' };
    const file = csv([row, { ...row, ...key() }]);
    const first = await ministry.run(file);
    const ids = await idsOf(first.id);
    await rollBack(first.id, ministry);
    for (const id of ids) expect(await registrationOf(id)).toBeUndefined();

    // Twice: what was taken up again can be taken back again.
    let last = first.id;
    for (const sequence of [2, 3]) {
      const again = await ministry.run(file);
      expect(again.id).not.toBe(last);
      expect(again.totals).toMatchObject({ created: 2, rejected: 0, duplicates: 0 });
      expect(await idsOf(again.id)).toEqual(ids);
      expect((await importedBy(again.id)).map((fact) => fact.sequence)).toEqual([sequence, sequence]);
      await rollBack(again.id, ministry);
      last = again.id;
    }
    await ministry.rollBack(first.id).expect(200);
    const facts = await factsOf(service, ids[0]);
    expect(facts.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('gives an id to one row only, and keeps the territories apart', async () => {
    const legal_entity_number = `${serial()}/BH/2011`;
    const first = await officer.run(csv([{ legal_entity_number }]));
    await rollBack(first.id);
    const elsewhere = importsOf(service, await service.token({ roles: ['officer'], territory: '13' }));
    const other = await elsewhere.run(csv([{ legal_entity_number, region_code: '13.71' }]));
    expect(await idsOf(other.id)).not.toEqual(await idsOf(first.id));
    await rollBack(other.id, elsewhere);

    const external_id = `one-${serial()}`;
    const both = await officer.run(csv([{ external_id, legal_entity_number: `${serial()}/BH/2011` }]));
    await rollBack(both.id);
    const [known] = await idsOf(both.id);
    const apart = await officer.run(csv([{ external_id }, { legal_entity_number }]));
    expect(new Set(await idsOf(apart.id)).size).toBe(2);
    expect(await idsOf(apart.id)).toContain(known);
  });

  it('leaves what another import states of its cooperatives, and ends them with the last one', async () => {
    const row = { external_id: `two-${serial()}`, name: 'Koperasi Dua', declared_ready_on: '2026-02-01' };
    const first = await officer.run(csv([row]));
    const second = await officer.run(csv([{ ...row, verified_on: '2026-03-01' }]));
    const [id] = (await idsOf(first.id)) as [string];
    await rollBack(first.id);
    expect(await registrationOf(id)).toBe('verified');

    // The first file again: it adds what its roll-back took.
    const again = await officer.run(csv([row]));
    expect(again.totals).toMatchObject({ updated: 1, created: 0 });
    expect(await importedBy(again.id)).toMatchObject([
      { sequence: 3, data: { cooperativeId: id, declaredReadyOn: '2026-02-01', created: false } },
    ]);
    await rollBack(again.id);
    expect(await registrationOf(id)).toBe('verified');
    await rollBack(second.id);
    expect(await registrationOf(id)).toBeUndefined();
    expect(await idsOf((await officer.run(csv([row, {}]))).id)).toContain(id);
  });

  it('keeps a record that its people confirmed, without what the file said, and takes it up by its key', async () => {
    const row = { external_id: `own-${serial()}`, name: 'Koperasi Sendiri', contact_email: `own${serial()}@x.example` };
    const first = await officer.run(csv([{ ...row, verified_on: '2026-03-01', consent_version: '1' }]));
    const [id] = (await idsOf(first.id)) as [string];
    const request = (await factsOf(service, id)).find(({ type }) => type === 'onboarding.verification.requested.v1');
    const flow = request?.data.flowId as string;
    await service.http
      .post(`/v1/verifications/${flow}`)
      .send({ token: service.get(Derivation).token('verification', flow, 1) })
      .expect(200);
    await rollBack(first.id);
    expect(await registrationOf(id)).toBe('draft');
    const again = await officer.run(csv([{ ...row, verified_on: '2026-03-01' }]));
    expect(again.totals).toMatchObject({ updated: 1, created: 0 });
    expect(await registrationOf(id)).toBe('verified');
    expect(await idsOf(again.id)).toEqual([id]);
  });
});
