import { Jobs } from '@idxcoop/platform';
import { readFileSync } from 'node:fs';
import { IMPORT_QUEUE, type Import, importWakeup } from '../../apps/onboarding/src/imports/import.schema';
import { OnboardingModule } from '../../apps/onboarding/src/onboarding.module';
import { eventually } from '../support/eventually';
import { csv, importsOf, many } from '../support/import-files';
import { type StartedService, startService } from '../support/start-service';
import { Child } from './fixtures/child';
import { figure, isFull } from './fixtures/scale';
import { describeWhereKillsEndTransactions, shortenTransactions } from './fixtures/transactions';

const ROWS = isFull ? 100_000 : 500;
const KILLS = isFull ? 3 : 1;
const PATIENCE = isFull ? 1_800_000 : 60_000;

jest.setTimeout(PATIENCE * 2);

describeWhereKillsEndTransactions('import: a worker that is killed', () => {
  let service: StartedService;
  let children: Child[];
  const rows = (collection: string, filter: object = {}) =>
    service.mongo.connection.collection(collection).countDocuments(filter);
  const spawn = (): Child => {
    const child = new Child({ kind: 'import' }, service.stores);
    children.push(child);
    return child;
  };

  beforeAll(async () => {
    await shortenTransactions();
    children = [];
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(async () => {
    for (const child of children) await child.end('SIGKILL');
    await service?.close();
  });

  it(`is taken up ${KILLS} times in ${ROWS} rows, and comes to the totals of a run without kills`, async () => {
    const officer = importsOf(service, await service.token({ roles: ['officer'], territory: '12' }));
    const file = csv(
      many(ROWS, (at) => ({
        ...(at % 10 === 3 && { form: 'x' }),
        ...(at % 25 === 7 && { external_id: `twice-${Math.floor(at / 50)}` }),
      })),
    );
    const of = (id: string) =>
      service.mongo.connection.collection<Import>('imports').findOne({ _id: id }) as Promise<Import>;
    const ended = (id: string) =>
      eventually(async () => {
        const found = await of(id);
        expect(found.state).toBe('completed');
        return found;
      }, PATIENCE);
    const first = await spawn().said('ready');
    const dry = (await officer.send(file, { dryRun: true }).expect(202)).body.id as string;
    const { totals } = await ended(dry);
    const id = (await officer.send(file).expect(202)).body.id as string;
    const begun = Date.now();
    let working = first;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const before = (ROWS * (kill - 1)) / (KILLS + 1);
      await eventually(async () => expect((await of(id)).done).toBeGreaterThan(before), PATIENCE);
      await working.end('SIGKILL');
      // Where it is short, nobody waits for the lease of the dead worker to end.
      const lease = { $set: { leaseUntil: new Date(0) } };
      if (!isFull) await service.mongo.connection.collection<Import>('imports').updateOne({ _id: id }, lease);
      working = await spawn().said('ready');
      if (!isFull) await service.get(Jobs).wake(IMPORT_QUEUE, importWakeup(await of(id)));
    }
    const done = await ended(id);
    const most = Math.round(
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${working.pid}/status`, 'utf8'))?.[1]) / 1_024,
    );
    figure(
      `import of ${ROWS} rows, killed ${KILLS} times: ${Math.round((Date.now() - begun) / 1_000)} s, taken up ${done.takenUp} times, ${most} MB at most`,
    );
    expect(done.takenUp).toBe(KILLS + 1);
    expect(done.totals).toEqual(totals);
    expect(totals.rows).toBe(ROWS);
    expect(totals.created + totals.duplicates + totals.rejected).toBe(ROWS);
    expect(await rows('cooperatives', { importId: id })).toBe(totals.created);
    expect(await rows('outbox', { type: 'onboarding.cooperative.imported.v1' })).toBe(totals.created);
    expect(await rows('import_errors', { importId: id })).toBe(totals.duplicates + totals.rejected);
    if (isFull) expect(most).toBeLessThan(300);
  });
});
