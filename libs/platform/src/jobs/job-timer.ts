import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import type { JobSchedulerJson } from 'bullmq';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Log } from '../log';
import { runInTrace } from '../trace';
import { within } from '../within';
import type { JobSchedule } from './job';
import type { JobRegistry, RegisteredJob } from './job-registry';
import type { Jobs } from './jobs';
import type { Payload, Queues } from './queues';

const AT_ONCE = 500;
/** A tick that hangs on a store that went away must not be the last one. */
const PATIENCE = 15_000;
const STOPPING = 2_000;

/**
 * The timer of role `schedules`. Redis may be wiped while we run: each tick restores missing schedulers and adds wake-ups
 * for the documents that need one. Several processes may do so at once: ids keep it harmless.
 */
@Injectable()
export class JobTimer implements OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly registry: JobRegistry,
    private readonly queues: Queues,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly log: Log,
    private readonly service: ServiceName,
  ) {}

  start(): void {
    if (!this.stopped) this.next(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await within(STOPPING, this.running ?? Promise.resolve()).catch(() => {});
  }

  /** One tick; also what tests call instead of waiting. */
  async tick(): Promise<void> {
    for (const job of this.registry.all()) {
      await this.attempt(job.queue, 'schedules', () => this.restore(job));
      await this.attempt(job.queue, 'due documents', () => this.wakeDue(job));
    }
  }

  private next(delay: number): void {
    this.timer = setTimeout(() => {
      this.running = runInTrace(undefined, () => this.tick(), { service: this.service, role: 'schedules' }).finally(
        () => {
          if (!this.stopped) this.next(this.config.scheduleInterval);
        },
      );
    }, delay);
  }

  private async attempt(queue: string, what: string, fn: () => Promise<void>): Promise<void> {
    try {
      await within(PATIENCE, fn());
    } catch (error) {
      this.log.warn({ err: error, queue, what }, 'a tick failed; the next one tries again');
    }
  }

  private async wakeDue({ queue, handler }: RegisteredJob): Promise<void> {
    if (!handler.due) return;
    await this.jobs.wakeAll(queue, await handler.due(this.clock.now(), AT_ONCE));
  }

  /** Only what is missing or changed is written: writing an overdue schedule again would skip its run. */
  private async restore({ queue: name, handler }: RegisteredJob): Promise<void> {
    if (!handler.schedules) return;
    const wanted = await handler.schedules();
    const queue = this.queues.get(name);
    const stored = new Map((await queue.getJobSchedulers(0, -1)).map((scheduler) => [scheduler.key, scheduler]));
    for (const schedule of wanted) {
      const known = stored.get(schedule.id);
      stored.delete(schedule.id);
      if (known && same(known, schedule)) continue;
      const { pattern, every, timeZone, data } = schedule;
      const repeat = pattern ? { pattern, tz: timeZone } : { every: every as number };
      await queue.upsertJobScheduler(schedule.id, repeat, { name, data: { data } });
    }
    for (const id of stored.keys()) await queue.removeJobScheduler(id);
  }
}

function same(known: JobSchedulerJson<Payload>, { pattern, every, timeZone, data }: JobSchedule): boolean {
  const timing = pattern ? known.pattern === pattern && known.tz === timeZone : Number(known.every) === every;
  return timing && isDeepStrictEqual(known.template?.data?.data, JSON.parse(JSON.stringify(data)));
}
