import {
  CooperativeFoundDuplicateV1,
  CooperativeVerifiedV1,
  CooperativeWithdrawnV1,
  event,
  ImportRevertedV1,
} from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { cooperative, importedReady, startReporting } from '../../../../test/support/reporting';
import { RebuildProjectionsHandler } from './rebuild-projections.handler';

describe(RebuildProjectionsHandler.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;

  beforeAll(async () => {
    reporting = await startReporting();
    key = await reporting.setTarget();
    const importId = newId();
    const at = (day: string) => ({ effectiveOn: `${day}T16:30:00.000Z`, knownAt: `${day}T16:30:00.000Z` });
    const [a, b, c] = [cooperative(), cooperative({ regionCode: '51.71' }), cooperative()];
    await reporting.learn([
      ...importedReady(60, '2020-10-08'),
      ...importedReady(30, '2020-10-09', '2020-10-09T16:59:59.999Z', importId),
      event(CooperativeVerifiedV1, { ...a, ...at('2020-10-10') }),
      event(CooperativeVerifiedV1, { ...b, ...at('2020-10-11') }),
      event(CooperativeFoundDuplicateV1, { ...b, survivorId: a.cooperativeId, ...at('2020-10-12') }),
      event(CooperativeVerifiedV1, { ...c, ...at('2020-10-13') }),
      event(CooperativeWithdrawnV1, { ...c, ...at('2020-10-14') }),
    ]);
    await reporting.learn([event(ImportRevertedV1, { importId, ...at('2020-10-20') })]);
  });
  afterAll(() => reporting.close());

  const rebuild = (check: boolean) => reporting.service.get(RebuildProjectionsHandler).execute({ check });

  it('comes to the running projections, bit by bit', async () => {
    expect(await rebuild(true)).toMatchObject({
      same: true,
      cooperatives: 93,
      differences: [],
      differing: 0,
      repaired: false,
    });
  });

  it('names what differs, changes nothing when it only checks, and puts it right when it is asked to', async () => {
    const memberships = reporting.collection('memberships');
    const broken = await memberships.findOne({ changes: { $elemMatch: { series: 'joined' } } });
    await memberships.updateOne({ _id: broken?._id }, { $set: { changes: [] } });
    await memberships.insertOne({ _id: 'stray' as never, changes: [] });
    const cell = await reporting.collection('count_cells').findOne({ series: 'joined', opened: { $gt: 0 } });
    await reporting.collection('count_cells').updateOne({ _id: cell?._id }, { $inc: { opened: 5 } });
    const differences = expect.arrayContaining([
      { kind: 'membership', id: broken?._id },
      { kind: 'membership', id: 'stray' },
      { kind: 'cell', id: cell?._id },
    ]);
    expect(await rebuild(true)).toMatchObject({ same: false, differing: 3, differences, repaired: false });
    expect(await rebuild(false)).toMatchObject({ same: false, differing: 3, repaired: true });
    expect(await rebuild(true)).toMatchObject({ same: true });
  });

  it('lets readers of a repaired projection see it', async () => {
    expect((await reporting.progress(key, { asOf: '2020-10-20' })).actual).toBe(61);
    await reporting.collection('count_cells').updateMany({ series: 'joined' }, { $inc: { opened: 1, version: 1_000 } });
    await rebuild(false);
    expect((await reporting.progress(key, { asOf: '2020-10-20' })).actual).toBe(61);
  });

  it('goes on folding what arrives afterwards', async () => {
    await reporting.learn(importedReady(10, '2020-10-08'));
    expect((await reporting.progress(key, { asOf: '2020-10-20' })).actual).toBe(71);
    expect((await rebuild(true)).same).toBe(true);
  });
});
