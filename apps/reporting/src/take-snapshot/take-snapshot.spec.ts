import { ProgressRecordedV1 } from '@idxcoop/contracts';
import { REDIS } from '@idxcoop/platform';
import type { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import { importedReady, startReporting } from '../../../../test/support/reporting';
import { owedDays } from './owed-days';
import { TakeSnapshotJob } from './take-snapshot.job';

describe(owedDays.name, () => {
  const target = { createdAt: new Date('2020-10-08T17:30:00Z'), timeZone: 'Asia/Jakarta', deadline: '2020-10-10' };

  it.each<[string, string[]]>([
    ['2020-10-09T16:59:59Z', []],
    ['2020-10-09T17:29:59Z', []],
    ['2020-10-09T17:30:00Z', ['2020-10-09']],
    ['2020-10-11T17:29:59Z', ['2020-10-09', '2020-10-10']],
  ])('at %s are %j', (now, days) => {
    expect(owedDays(target, new Date(now))).toEqual(days);
  });

  it('end thirty days after the deadline', () => {
    const all = owedDays(target, new Date('2021-06-01T00:00:00Z'));
    expect([all[0], all.at(-1)]).toEqual(['2020-10-09', '2020-11-09']);
    expect(
      owedDays({ ...target, createdAt: new Date('2021-06-01T00:00:00Z') }, new Date('2021-07-01T00:00:00Z')),
    ).toEqual([]);
  });
});

describe(TakeSnapshotJob.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;

  beforeAll(async () => {
    reporting = await startReporting();
    reporting.service.clock.set('2020-10-08T05:00:00Z');
    key = await reporting.setTarget();
    await reporting.learn(importedReady(310, '2020-10-08', '2020-10-08T06:00:00.000Z'));
  });
  afterAll(() => reporting.close());

  const nightly = () =>
    reporting.collection('snapshots').find({ targetKey: key, kind: 'nightly' }).sort({ asOf: 1 }).toArray();

  it('publishes each day that has passed once, as it was known at 00:30, however late it runs', async () => {
    await reporting.learn(importedReady(7, '2020-10-08', '2020-10-09T09:00:00.000Z'));
    reporting.service.clock.set('2020-10-10T18:00:00Z');
    await eventually(async () =>
      expect((await nightly()).map(({ asOf }) => asOf)).toEqual(['2020-10-08', '2020-10-09', '2020-10-10']),
    );
    expect((await nightly()).map(({ actual }) => actual)).toEqual([310, 317, 317]);
    expect((await nightly())[0]?.progress).toMatchObject({
      asOf: '2020-10-08',
      knownAt: '2020-10-08T17:29:59.999Z',
      provisional: false,
    });
    await eventually(async () => {
      const facts = { type: ProgressRecordedV1.event, 'payload.targetKey': key };
      expect(await reporting.collection('facts').countDocuments(facts)).toBe(3);
    });
  });

  it('does nothing at a doubled tick', async () => {
    const before = await nightly();
    const job = reporting.service.get(TakeSnapshotJob);
    await Promise.all([job.process({ targetKey: key }), job.process({ targetKey: key })]);
    expect(await nightly()).toEqual(before);
    expect(await job.due(reporting.service.clock.now(), 10)).toEqual([]);
  });

  it('has a schedule at 00:30 in the zone of the target, and gets it back when Redis was wiped', async () => {
    const schedule = {
      id: `snapshot-${key}`,
      pattern: '30 0 * * *',
      timeZone: 'Asia/Jakarta',
      data: { targetKey: key },
    };
    expect(await reporting.service.get(TakeSnapshotJob).schedules()).toEqual([schedule]);
    const redis = reporting.service.app.get<Redis>(REDIS);
    const stored = `${reporting.service.config.dbPrefix}:reporting-snapshot:repeat:snapshot-${key}`;
    await eventually(async () => expect(await redis.exists(stored)).toBe(1));
    await redis.del(await redis.keys(`${reporting.service.config.dbPrefix}:*`));
    await eventually(async () => expect(await redis.exists(stored)).toBe(1));
  });

  it('takes one on demand beside the nightly ones', async () => {
    const post = () => reporting.http.post(`/v1/targets/${key}/snapshots`).send({ asOf: '2020-10-08' });
    await post().expect(401);
    const { body, headers } = await post().set('authorization', reporting.lead).expect(201);
    expect(body).toMatchObject({
      kind: 'on_demand',
      asOf: '2020-10-08',
      actual: 317,
      progress: { revision: { firstPublished: 310, delta: 7 } },
    });
    expect(headers.location).toBe(`/v1/targets/${key}/snapshots/${body.id}`);
    expect((await reporting.http.get(headers.location as string).expect(200)).body).toEqual(body);
  });

  it('lists what was published by an instant, page by page, and what reads differently now', async () => {
    const list = async (query: object) =>
      (await reporting.http.get(`/v1/targets/${key}/snapshots`).query(query).expect(200)).body;
    const { items, nextCursor } = await list({ limit: 3 });
    expect(items.map(({ asOf }: { asOf: string }) => asOf)).toEqual(['2020-10-08', '2020-10-09', '2020-10-10']);
    expect((await list({ limit: 3, cursor: nextCursor })).items).toMatchObject([{ kind: 'on_demand' }]);
    expect((await list({ knownAt: '2020-10-09' })).items).toEqual([]);
    const { body } = await reporting.http.get(`/v1/targets/${key}/revisions`).expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ kind: 'figure', asOf: '2020-10-08', firstPublished: 310, actual: 317, delta: 7 }),
    );
  });

  it('takes a missing day however many others were taken, and lets the schedule go after the last owed day', async () => {
    const job = reporting.service.get(TakeSnapshotJob);
    const targets = reporting.collection('targets');
    const target = await targets.findOne({ key });
    const gone = await reporting
      .collection('snapshots')
      .findOne({ targetKey: key, asOf: '2020-10-09', kind: 'nightly' });
    await reporting.collection('snapshots').deleteOne({ _id: gone?._id });
    // Brought forward: fewer days are owed than were taken.
    await targets.updateOne({ key }, { $set: { 'plans.0.deadline': '2020-09-09' } });
    expect(await job.due(reporting.service.clock.now(), 10)).toMatchObject([{ id: `owed-${key}-2020-10-09` }]);
    expect(await job.schedules()).toEqual([]);
    await targets.updateOne({ key }, { $set: { 'plans.0.deadline': target?.plans[0].deadline } });
    await job.process({ targetKey: key });
    expect((await nightly()).map(({ asOf }) => asOf)).toContain('2020-10-09');
    expect(await job.schedules()).toHaveLength(1);
  });
});
