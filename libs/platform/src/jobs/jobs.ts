import { Injectable } from '@nestjs/common';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { traceparent } from '../trace';
import { within } from '../within';
import { checkWakeupId, type JobClass, jobOptions, type Wakeup } from './job';
import type { Queues } from './queues';

const PATIENCE = 500;

/** Wakes the workers of a queue. Nothing depends on it but speed: what is not woken is found by the timer. */
@Injectable()
export class Jobs {
  private readonly missed;

  constructor(
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.missed = metrics.counter('job_wakeups_missed_total', 'Wake-ups that Redis did not take in time', ['queue']);
  }

  /** Adds a wake-up; gives up after half a second without throwing. */
  wake<D extends object>(job: JobClass | string, wakeup: Wakeup<D>): Promise<void> {
    return this.wakeAll(job, [wakeup]);
  }

  /** Adds many at once. */
  async wakeAll<D extends object>(job: JobClass | string, wakeups: readonly Wakeup<D>[]): Promise<void> {
    for (const { id } of wakeups) checkWakeupId(id);
    const queue = typeof job === 'string' ? job : queueOf(job);
    if (wakeups.length === 0) return;
    try {
      await within(PATIENCE, this.add(queue, wakeups));
    } catch (error) {
      this.missed.inc({ queue }, wakeups.length);
      this.log.warn({ err: error, queue, wakeups: wakeups.length }, 'wake-ups were not added; the timer will add them');
    }
  }

  private async add<D extends object>(name: string, wakeups: readonly Wakeup<D>[]): Promise<void> {
    const queue = this.queues.get(name);
    const now = this.clock.now().getTime();
    const trace = traceparent();
    const jobs = await queue.addBulk(
      wakeups.map(({ id, data, at, priority }) => ({
        name,
        data: { data, ...(trace && { traceparent: trace }) },
        opts: { jobId: id, delay: at ? Math.max(0, at.getTime() - now) : 0, ...(priority && { priority }) },
      })),
    );
    // An id that waits for a later time swallows the new wake-up: then that one is called forward.
    await Promise.all(
      jobs.map(async (job) => {
        if (job.opts.delay || (await job.getState()) !== 'delayed') return;
        await job.promote().catch(() => {});
      }),
    );
  }
}

/** The queue of a job class. */
export function queueOf(job: JobClass): string {
  const options = jobOptions(job);
  if (!options) throw new Error(`${job.name} needs @Job({ queue })`);
  return options.queue;
}
