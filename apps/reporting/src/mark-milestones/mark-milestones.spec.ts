import { event, ImportRevertedV1, MilestoneReachedV1, MilestoneWithdrawnV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { close, importedReady, startReporting } from '../../../../test/support/reporting';
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
      { percent: 25, planVersion: 1, reachedOn: '2020-10-08', effectiveOn: '2020-10-08', actual: 310 },
      { percent: 50, planVersion: 1, reachedOn: '2020-10-08', actual: 310 },
    ]);
  });

  it('publishes nothing twice, whoever looks again', async () => {
    await reporting.collection('targets').updateMany({}, { $unset: { milestonesSeen: 1 } });
    const job = reporting.service.get(MarkMilestonesJob);
    await Promise.all([job.process(), job.process()]);
    expect(await job.due()).toEqual([]);
    expect(await reporting.collection('milestones').countDocuments({ targetKey: key })).toBe(2);
    expect(await reporting.collection('outbox').countDocuments({ type: MilestoneReachedV1.event })).toBe(2);
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
