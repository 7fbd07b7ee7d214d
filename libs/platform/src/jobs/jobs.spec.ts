import { Jobs, Queues, runInTrace } from '@idxcoop/platform';
import { DeliverJob, JobsModule, QUEUE } from '../../../../test/support/deliver-job';
import { eventually } from '../../../../test/support/eventually';
import {
  createStores,
  type StartedService,
  startService,
  type TestStores,
} from '../../../../test/support/start-service';

describe(Jobs.name, () => {
  let stores: TestStores;
  let service: StartedService;
  let job: DeliverJob;
  let jobs: Jobs;
  beforeAll(async () => {
    stores = await createStores();
    service = await startService(JobsModule, { roles: ['jobs'], stores, config: { logLevel: 'silent' } });
    job = service.get(DeliverJob);
    jobs = service.get(Jobs);
  });
  beforeEach(() => {
    Object.assign(job, { done: [], traces: [], contexts: [], work: () => Promise.resolve() });
  });
  afterAll(async () => {
    await service?.close();
    await stores?.drop();
  });

  const queue = () => service.get(Queues).get(QUEUE);

  it('wakes a worker with the data and within the trace', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    await runInTrace(`00-${trace}-b7ad6b7169203331-01`, () =>
      jobs.wake(DeliverJob, { id: 'm1-deliver', data: { id: 'm1' } }),
    );
    await eventually(() => expect(job.done).toEqual(['m1']));
    expect(job.traces).toEqual([trace]);
    expect(job.contexts[0]?.signal.aborted).toBe(false);
  });

  it('waits once for one document, and can be woken again afterwards', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    job.work = () => gate;
    for (let i = 0; i < 3; i += 1) await jobs.wake(DeliverJob, { id: 'm2-deliver', data: { id: 'm2' } });
    open();
    await eventually(() => expect(job.done).toEqual(['m2']));
    await eventually(async () => expect(await queue().getJob('m2-deliver')).toBeUndefined());
    await jobs.wake(DeliverJob, { id: 'm2-deliver', data: { id: 'm2' } });
    await eventually(() => expect(job.done).toEqual(['m2', 'm2']));
  });

  it('leaves a job for later until then, and calls it forward when it is woken for now', async () => {
    await jobs.wake(DeliverJob, { id: 'm3-deliver', data: { id: 'm3' }, at: new Date(Date.now() + 60_000) });
    expect(await (await queue().getJob('m3-deliver'))?.getState()).toBe('delayed');
    expect(job.done).toEqual([]);
    await jobs.wake(DeliverJob, { id: 'm3-deliver', data: { id: 'm3' } });
    await eventually(() => expect(job.done).toEqual(['m3']));
  });

  it('keeps nothing of a job that failed, and counts it', async () => {
    job.work = () => Promise.reject(new Error('no'));
    await jobs.wake(DeliverJob, { id: 'm4-deliver', data: { id: 'm4' } });
    await eventually(async () => {
      const { text } = await service.http.get('/metrics');
      expect(text).toMatch(/idxcoop_job_duration_seconds_count\{[^}]*outcome="failed"[^}]*\} 1/);
    });
    await eventually(async () => expect(await queue().getJob('m4-deliver')).toBeUndefined());
    job.work = () => Promise.resolve();
    await jobs.wake(DeliverJob, { id: 'm4-deliver', data: { id: 'm4' } });
    await eventually(() => expect(job.done).toEqual(['m4']));
  });

  it.each(['', '123', 'a:b'])('refuses the id %p', async (id) => {
    await expect(jobs.wake(DeliverJob, { id, data: {} })).rejects.toThrow('id of a job');
  });

  it('gives up within half a second without Redis, and throws nothing', async () => {
    const config = { redisUrl: 'redis://127.0.0.1:1', logLevel: 'silent' };
    const alone = await startService(JobsModule, { roles: ['api'], stores, config });
    const started = Date.now();
    await alone.get(Jobs).wake(DeliverJob, { id: 'm5-deliver', data: { id: 'm5' } });
    expect(Date.now() - started).toBeLessThan(900);
    const { text } = await alone.http.get('/metrics');
    expect(text).toMatch(/idxcoop_job_wakeups_missed_total\{[^}]*queue="notifications-deliver"[^}]*\} 1/);
    const closing = Date.now();
    await alone.close();
    expect(Date.now() - closing).toBeLessThan(4_000);
  });

  it('is not worked on without role jobs', async () => {
    const quiet = await startService(JobsModule, { roles: ['api'], config: { logLevel: 'silent' } });
    await quiet.get(Jobs).wake(DeliverJob, { id: 'm6-deliver', data: { id: 'm6' } });
    expect(await (await quiet.get(Queues).get(QUEUE).getJob('m6-deliver'))?.getState()).toBe('waiting');
    expect(quiet.get(DeliverJob).contexts).toEqual([]);
    await quiet.close();
  });
});

describe('Workers at the end of a process', () => {
  const start = (shutdownDeadline: number) =>
    startService(JobsModule, { roles: ['jobs'], config: { logLevel: 'silent', shutdownDeadline } });

  it('let what runs finish, with the stores still open', async () => {
    const service = await start(5_000);
    const job = service.get(DeliverJob);
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    job.work = async () => {
      await gate;
      await service.mongo.connection.collection('done').insertOne({});
    };
    await service.get(Jobs).wake(DeliverJob, { id: 'm1-deliver', data: { id: 'm1' } });
    await eventually(() => expect(job.contexts).toHaveLength(1));
    const closing = service.close();
    open();
    await closing;
    expect(job.done).toEqual(['m1']);
  });

  it('abort what is not done by the deadline', async () => {
    const service = await start(200);
    const job = service.get(DeliverJob);
    job.work = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    await service.get(Jobs).wake(DeliverJob, { id: 'm1-deliver', data: { id: 'm1' } });
    await eventually(() => expect(job.contexts).toHaveLength(1));
    await service.close();
    expect(job.contexts[0]?.signal.aborted).toBe(true);
    expect(job.done).toEqual([]);
  });
});
