import { csv, importsOf, many } from '../../../../test/support/import-files';
import { factsOf } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { Import } from '../imports/import.schema';
import { OnboardingModule } from '../onboarding.module';
import { ImportCooperativesJob } from './import-cooperatives.job';
import { ImportRun } from './import-run';
import { RollBack } from './roll-back';

/** Without workers of its own: each step is made here. */
describe(ImportCooperativesJob.name, () => {
  let service: StartedService;
  let officer: ReturnType<typeof importsOf>;
  const collection = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);
  const stored = async (id: string) =>
    (await service.mongo.connection.model<Import>(Import.name).findById(id).lean<Import>()) as Import;
  const work = (importId: string) =>
    service.get(ImportCooperativesJob).process({ importId }, { attempt: 1, signal: new AbortController().signal });
  /** The worker that has it dies. */
  const die = (id: string) => collection('imports').updateOne({ _id: id }, { $set: { leaseUntil: new Date(0) } });
  const upload = async (file: string) => (await officer.send(file).expect(202)).body.id as string;
  const shown = async (id: string) => (await officer.get(`/v1/imports/${id}`).expect(200)).body as Import;
  const left = (importId: string) => collection('cooperatives').countDocuments({ importId });

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    officer = importsOf(service, await service.token({ roles: ['officer'], territory: '12' }));
  });
  afterAll(() => service?.close());

  it('takes back in chunks, goes on where it was killed, and says so once', async () => {
    const file = csv(many(250));
    const id = await upload(file);
    await work(id);
    expect((await officer.rollBack(id).expect(202)).body).toMatchObject({ state: 'running', finishedAt: null });
    expect(await left(id)).toBe(250);
    await (await service.get(RollBack).open(await stored(id))).next();
    expect([await left(id), (await shown(id)).state]).toEqual([150, 'running']);
    await officer.rollBack(id).expect(202);
    expect((await officer.send(file).expect(200)).body).toMatchObject({ id, state: 'running' });

    await die(id);
    expect(await service.get(ImportCooperativesJob).due(new Date(), 10)).toMatchObject([{ data: { importId: id } }]);
    await Promise.all([work(id), work(id)]);
    expect([await left(id), (await shown(id)).state]).toEqual([0, 'rolled_back']);
    expect(await collection('hard_keys').countDocuments({})).toBe(0);
    await officer.rollBack(id).expect(200);
    const said = (await factsOf(service)).filter(({ type }) => type === 'onboarding.import.reverted.v1');
    expect(said).toMatchObject([{ data: { importId: id } }]);
    expect(await service.get(ImportCooperativesJob).due(new Date(), 10)).toEqual([]);
    expect(await upload(file)).not.toBe(id);
  });

  it('gives up after five workers without progress: the file may come again, what is written can be taken back', async () => {
    const file = csv(many(150));
    const id = await upload(file);
    await (await service.get(ImportRun).open(await stored(id))).next();
    await collection('import_files').updateMany({ importId: id } as object, { $set: { content: 'x' } });
    for (let time = 0; time < 5; time += 1) {
      await die(id);
      await expect(work(id)).rejects.toThrow();
      expect((await shown(id)).state).toBe('running');
    }
    await die(id);
    await work(id);
    const given = await shown(id);
    expect([given.state, given.finishedAt]).toEqual(['failed', expect.any(String)]);
    expect(await upload(file)).not.toBe(id);
    await officer.rollBack(id).expect(202);
    await work(id);
    expect([await left(id), (await shown(id)).state]).toEqual([0, 'rolled_back']);
  });
});
