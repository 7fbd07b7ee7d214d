import { event, ImportRevertedV1, MilestoneReachedV1, MilestoneWithdrawnV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { close, importedReady, startReporting } from '../../../../test/support/reporting';
import { History } from '../progress/history';
import { Series } from '../progress/series';
import { MarkMilestonesJob } from './mark-milestones.job';

describe(MarkMilestonesJob.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;
  const importId = newId();

  beforeAll(async () => {
    reporting = await startReporting();
    key = await reporting.setTarget();
  });
  afterAll(() => reporting.close());

  const published = async ({ event: type }: { event: string }) => {
    const facts = await reporting.collection('facts').find({ type, 'payload.targetKey': key }).toArray();
    return facts.map(({ payload }) => payload).sort((a, b) => a.percent - b.percent);
  };

  it('publishes the shares that were reached, with the day and the figure', async () => {
    await reporting.learn(importedReady(310, '2020-10-08', close('2020-10-08'), importId));
    await eventually(async () => expect(await published(MilestoneReachedV1)).toHaveLength(2));
    expect(await published(MilestoneReachedV1)).toMatchObject([
      { percent: 25, planVersion: 1, reachedOn: '2020-10-08', effectiveOn: '2020-10-08' },
      { percent: 50, planVersion: 1, reachedOn: '2020-10-08' },
    ]);
    // The facts are folded in batches, and the look may fall between two of them: then it states what was there.
    for (const { percent, actual } of await published(MilestoneReachedV1)) {
      expect(actual).toBeGreaterThanOrEqual((500 * percent) / 100);
      expect(actual).toBeLessThanOrEqual(310);
    }
  });

  it('publishes nothing twice, whoever looks again', async () => {
    await reporting.collection('targets').updateMany({}, { $unset: { milestonesSeen: 1 } });
    const job = reporting.service.get(MarkMilestonesJob);
    await Promise.all([job.process(), job.process()]);
    expect(await job.due()).toEqual([]);
    expect(await reporting.collection('milestones').countDocuments({ targetKey: key })).toBe(2);
    expect(await reporting.collection('outbox').countDocuments({ type: MilestoneReachedV1.event })).toBe(2);
  });

  it('takes nothing back on counts that a fold replaced meanwhile', async () => {
    const { service } = reporting;
    const job = service.get(MarkMilestonesJob);
    await reporting.collection('targets').updateMany({}, { $unset: { milestonesSeen: 1 } });
    const known = jest.spyOn(service.get(Series), 'known').mockImplementationOnce(async () => {
      await reporting.collection('fold_states').updateOne({}, { $inc: { version: 1 } });
      return { history: History.ofChanges([]), byProvince: null, conflicts: [], silent: false };
    });
    await job.process();
    expect(known).toHaveBeenCalled();
    known.mockRestore();
    expect(await reporting.collection('milestones').countDocuments({ targetKey: key, state: 'withdrawn' })).toBe(0);
    expect(await job.due()).toHaveLength(1);
    await job.process();
    expect(await job.due()).toEqual([]);
    expect(await reporting.collection('milestones').countDocuments({ targetKey: key, state: 'withdrawn' })).toBe(0);
  });

  it('takes them back after a correction, and never publishes them again', async () => {
    const knownAt = new Date().toISOString();
    await reporting.learn([event(ImportRevertedV1, { importId, effectiveOn: knownAt.slice(0, 10), knownAt })]);
    await eventually(async () =>
      expect(await published(MilestoneWithdrawnV1)).toMatchObject([{ percent: 25 }, { percent: 50 }]),
    );
    await reporting.learn(importedReady(400, '2020-10-09'));
    await eventually(async () =>
      expect((await published(MilestoneReachedV1)).map(({ percent }) => percent)).toEqual([25, 50, 75]),
    );
  });
});
