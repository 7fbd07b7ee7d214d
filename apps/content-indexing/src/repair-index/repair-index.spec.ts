import { JobTimer } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { IndexFollower } from '../search-index/index-follower';
import { RepairIndexJob } from './repair-index.job';

describe(RepairIndexJob.name, () => {
  let service: StartedService;
  let editor: Editor;

  beforeAll(async () => {
    // Nobody consumes events here: as if each of them were lost.
    service = await startService(ContentIndexingModule, {
      roles: ['api', 'jobs', 'schedules'],
      config: { scheduleInterval: 60_000 },
    });
    editor = await Editor.of(service);
  });
  afterAll(() => service?.close());

  it('indexes what its event did not bring, once it is overdue', async () => {
    const { id, seq } = await editor.bring({ title: 'Lumbung pangan desa' });
    await service.get(JobTimer).tick();
    expect(await service.get(RepairIndexJob).due(new Date(), 10)).toEqual([]);
    expect((await editor.search({ q: 'lumbung' })).total).toBe(0);

    service.clock.advance(61_000);
    await service.get(JobTimer).tick();
    expect((await eventually(() => editor.search({ q: 'lumbung', minSeq: seq }))).items[0]?.id).toBe(id);
    expect(service.get(IndexFollower).seq).toBe(seq);
    expect(await service.get(RepairIndexJob).due(new Date(), 10)).toEqual([]);
  });

  it('owes the withdrawal as it owed the publication', async () => {
    const { id } = await editor.bring({ title: 'Lumbung kosong' });
    const { seq } = await editor.withdraw(id);
    service.clock.advance(61_000);
    expect(await service.get(RepairIndexJob).due(new Date(), 10)).toEqual([
      { id: `${id}-repair`, data: { itemId: id } },
    ]);
    await service.get(RepairIndexJob).process({ itemId: id });
    await service.get(RepairIndexJob).process({ itemId: id });
    expect((await editor.search({ q: 'kosong', minSeq: seq })).total).toBe(0);
  });
});
