import { CooperativeVerifiedV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { cooperative, importedReady, publishFacts, startReporting } from '../../../../test/support/reporting';
import { createStores } from '../../../../test/support/start-service';
import { Fold } from '../membership/fold';
import { FoldLease, FoldLeaseLost } from '../membership/fold-lease';
import { RebuildProjectionsHandler } from '../rebuild-projections/rebuild-projections.handler';
import { FoldFactsJob } from './fold-facts.job';

describe(FoldFactsJob.name, () => {
  let stores: Awaited<ReturnType<typeof createStores>>;
  let one: Awaited<ReturnType<typeof startReporting>>;
  let other: Awaited<ReturnType<typeof startReporting>>;

  beforeAll(async () => {
    stores = await createStores();
    [one, other] = await Promise.all([startReporting({ stores }), startReporting({ stores })]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    await stores.drop();
  });

  it('adds nothing twice where two processes fold what two processes record', async () => {
    const key = await one.setTarget();
    const facts = importedReady(600, '2020-10-08');
    await Promise.all([publishFacts(one.service, facts.slice(0, 300)), publishFacts(other.service, facts.slice(300))]);
    const drains = [one, other].map(({ service }) =>
      eventually(async () => expect(await service.get(Fold).drain()).toBe(true), 30_000),
    );
    await Promise.all(drains);
    await eventually(async () => {
      for (const reporting of [one, other])
        expect((await reporting.progress(key, { asOf: '2020-10-08' })).actual).toBe(600);
    }, 30_000);
    expect(await one.service.get(RebuildProjectionsHandler).execute({ check: true })).toMatchObject({
      same: true,
      cooperatives: 600,
    });
  });

  it('writes nothing once the lease went to somebody else', async () => {
    const [mine, theirs] = [one, other].map(({ service }) => service.get(FoldLease)) as [FoldLease, FoldLease];
    await eventually(async () => expect(await mine.take()).toBe(true));
    expect(await theirs.take()).toBe(false);
    await one.collection('fold_states').updateOne({}, { $set: { until: new Date(0) } });
    expect(await theirs.take()).toBe(true);
    const late = one.service.mongo.transaction((session) => mine.confirm(session, null));
    await expect(late).rejects.toThrow(FoldLeaseLost);
    await theirs.release();
  });

  it('shows how many facts wait, and how long the oldest has', async () => {
    const figures = async () => {
      const { text } = await one.http.get('/metrics').expect(200);
      const read = (name: string) => Number(new RegExp(`^idxcoop_reporting_${name}\\S* (\\S+)$`, 'm').exec(text)?.[1]);
      return [read('pending_facts'), read('fold_lag_seconds')] as const;
    };
    await eventually(async () => expect(await figures()).toEqual([0, 0]));
    await one
      .collection('fold_states')
      .updateOne({}, { $set: { holder: 'slow', until: new Date(Date.now() + 60_000) } });
    const at = { effectiveOn: '2020-10-08', knownAt: '2020-10-08T03:00:00.000Z' };
    const facts = [1, 2].map(() => event(CooperativeVerifiedV1, { ...cooperative(), ...at }));
    await publishFacts(one.service, facts);
    await eventually(async () => expect((await figures())[0]).toBe(2));
    expect((await figures())[1]).toBeGreaterThan(0);
    await one.collection('fold_states').updateOne({}, { $set: { holder: null } });
    await eventually(async () => expect(await figures()).toEqual([0, 0]));
  });

  it('puts a cooperative aside whose fact cannot be folded, folds all others, and comes back to it', async () => {
    const key = await one.setTarget({ areas: ['64'] });
    const at = { effectiveOn: '2020-10-08', knownAt: '2020-10-08T03:00:00.000Z' };
    const verified = () => event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '64.71' }), ...at });
    const broken = newId();
    const facts = one.collection('facts');
    const whole = { _id: newId() as never, type: CooperativeVerifiedV1.event, cooperativeId: broken, sequence: 1 };
    await facts.insertOne({ ...whole, recordedAt: new Date(), partitionKey: broken, pending: true });
    await one.learn([verified(), verified()]);
    expect((await one.progress(key, { asOf: '2020-10-08' })).actual).toBe(2);
    await eventually(async () => expect(await facts.findOne({ _id: whole._id })).toHaveProperty('parkedUntil'));
    const { text } = await one.http.get('/metrics').expect(200);
    const theirs = await other.http.get('/metrics').expect(200);
    expect([text, theirs.text].join()).toMatch(/^idxcoop_reporting_fold_parked_total\S* [1-9]/m);
    const payload = { regionCode: '64.71', type: 'consumer', ...at };
    const mended = { payload, effectiveOn: at.effectiveOn, knownAt: new Date(at.knownAt), parkedUntil: new Date(0) };
    await facts.updateOne({ _id: whole._id }, { $set: mended });
    await eventually(async () => {
      await one.tick();
      expect((await one.progress(key, { asOf: '2020-10-08' })).actual).toBe(3);
    }, 30_000);
    expect(await facts.findOne({ _id: whole._id })).not.toHaveProperty('parkedUntil');
  });

  it('goes on after a folder that died with the lease', async () => {
    const key = await one.setTarget({ areas: ['65'] });
    await one
      .collection('fold_states')
      .updateOne({}, { $set: { holder: 'dead', until: new Date(Date.now() + 1_500) } });
    const at = { effectiveOn: '2020-10-08', knownAt: '2020-10-08T03:00:00.000Z' };
    await one.learn([event(CooperativeVerifiedV1, { ...cooperative({ regionCode: '65.71' }), ...at })]);
    expect((await other.progress(key, { asOf: '2020-10-08' })).actual).toBe(1);
  });
});
