import { Module } from '@nestjs/common';
import {
  Job,
  type JobContext,
  type JobHandler,
  Jobs,
  JobTimer,
  Queues,
  runInTrace,
  traceparent,
  type Wakeup,
} from '@idxcoop/platform';
import type { JobSchedule } from './job';
import { eventually } from '../../../../test/support/eventually';
import {
  createStores,
  type StartedService,
  startService,
  type TestStores,
} from '../../../../test/support/start-service';

interface Data {
  id: string;
}

@Job({ queue: 'notifications-deliver', concurrency: 5 })
class DeliverJob implements JobHandler<Data> {
  done: string[] = [];
  traces: (string | undefined)[] = [];
  contexts: JobContext[] = [];
  work: (data: Data, context: JobContext) => Promise<void> = () => Promise.resolve();
  owed: Wakeup<Data>[] = [];
  wanted: JobSchedule<Data>[] = [];
  askedAt: Date[] = [];

  async process(data: Data, context: JobContext): Promise<void> {
    this.traces.push(traceparent()?.slice(3, 35));
    this.contexts.push(context);
    await this.work(data, context);
    this.done.push(data.id);
  }

  async schedules() {
    return this.wanted;
  }

  async due(now: Date) {
    this.askedAt.push(now);
    return this.owed;
  }
}

@Module({ providers: [DeliverJob] })
class JobsModule {
  static readonly service = 'notifications' as const;
}

const QUEUE = 'notifications-deliver';

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

describe(JobTimer.name, () => {
  let service: StartedService;
  let job: DeliverJob;
  let timer: JobTimer;
  beforeAll(async () => {
    service = await startService(JobsModule, { roles: ['api'], config: { logLevel: 'silent' } });
    job = service.get(DeliverJob);
    timer = service.get(JobTimer);
  });
  afterAll(() => service?.close());

  const queue = () => service.get(Queues).get(QUEUE);
  const nightly = (pattern: string): JobSchedule<Data> => ({
    id: 'idxcoop-2020',
    pattern,
    timeZone: 'Asia/Jakarta',
    data: { id: 'target' },
  });

  it('restores what Redis has lost', async () => {
    job.wanted = [nightly('30 0 * * *'), { id: 'sweep', every: 60_000, timeZone: 'UTC', data: { id: 's' } }];
    job.owed = [{ id: 'm1-deliver', data: { id: 'm1' } }];
    await timer.tick();
    const restored = async () => {
      const schedulers = await queue().getJobSchedulers();
      expect(schedulers.map(({ key, pattern, tz }) => ({ key, pattern, tz }))).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ key: 'sweep' }),
          { key: 'idxcoop-2020', pattern: '30 0 * * *', tz: 'Asia/Jakarta' },
        ]),
      );
      expect(await (await queue().getJob('m1-deliver'))?.getState()).toBe('waiting');
    };
    await restored();
    await queue().obliterate({ force: true });
    expect(await queue().getJobSchedulers()).toEqual([]);
    await timer.tick();
    await restored();
  });

  it('means the hour of the time zone', async () => {
    job.wanted = [nightly('30 0 * * *')];
    await timer.tick();
    const next = new Date((await queue().getJobSchedulers())[0]?.next as number);
    expect(`${next.getUTCHours()}:${next.getUTCMinutes()}`).toBe('17:30');
  });

  it('writes only what has changed, so that an overdue run is not skipped', async () => {
    job.wanted = [nightly('30 0 * * *'), { id: 'sweep', every: 60_000, timeZone: 'UTC', data: { id: 's' } }];
    await timer.tick();
    const upsert = jest.spyOn(queue(), 'upsertJobScheduler');
    await timer.tick();
    expect(upsert).not.toHaveBeenCalled();
    job.wanted = [nightly('45 0 * * *')];
    await timer.tick();
    expect(upsert).toHaveBeenCalledTimes(1);
    const schedulers = await queue().getJobSchedulers();
    expect(schedulers.map(({ key, pattern }) => ({ key, pattern }))).toEqual([
      { key: 'idxcoop-2020', pattern: '45 0 * * *' },
    ]);
    job.wanted = [{ ...nightly('45 0 * * *'), data: { id: 'other' } }];
    await timer.tick();
    expect(upsert).toHaveBeenCalledTimes(2);
  });

  it('goes on after a failure', async () => {
    const schedules = jest.spyOn(job, 'schedules').mockRejectedValueOnce(new Error('no'));
    job.owed = [{ id: 'm9-deliver', data: { id: 'm9' } }];
    await timer.tick();
    schedules.mockRestore();
    expect(await queue().getJob('m9-deliver')).toBeDefined();
  });

  it('ticks by itself in role schedules, and asks by the clock of the service', async () => {
    const other = await startService(JobsModule, {
      roles: ['schedules', 'jobs'],
      config: { logLevel: 'silent', scheduleInterval: 50 },
    });
    other.clock.set('2020-10-08T00:00:00Z');
    const its = other.get(DeliverJob);
    its.owed = [{ id: 'm1-deliver', data: { id: 'm1' } }];
    await eventually(() => expect(its.done.length).toBeGreaterThanOrEqual(2));
    expect(its.askedAt.at(-1)?.toISOString()).toBe('2020-10-08T00:00:00.000Z');
    await other.close();
    const { length } = its.askedAt;
    await new Promise((resolve) => setImmediate(resolve));
    expect(its.askedAt).toHaveLength(length);
  });

  it.each([
    ['notifications-deliver', 'Two jobs'],
    ['reporting-deliver', 'must be named notifications-'],
    ['notifications_deliver', 'must be named notifications-'],
  ])('refuses a second job on %s', async (name, message) => {
    @Job({ queue: name })
    class OtherJob implements JobHandler<Data> {
      async process() {}
    }
    @Module({ providers: [DeliverJob, OtherJob] })
    class WrongModule {
      static readonly service = 'notifications' as const;
    }
    await expect(startService(WrongModule, { roles: ['api'], config: { logLevel: 'silent' } })).rejects.toThrow(
      message,
    );
  });
});
