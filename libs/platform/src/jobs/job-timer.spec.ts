import { Module } from '@nestjs/common';
import { Job, type JobHandler, type JobSchedule, JobTimer, Queues } from '@idxcoop/platform';
import { type Data, DeliverJob, JobsModule, QUEUE } from '../../../../test/support/deliver-job';
import { eventually } from '../../../../test/support/eventually';
import { type StartedService, startService } from '../../../../test/support/start-service';

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
