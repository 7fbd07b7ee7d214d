import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Config } from '../config';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { bullConnection } from '../stores/redis';
import { runInTrace } from '../trace';
import type { JobRegistry, RegisteredJob } from './job-registry';
import type { Payload } from './queues';

/** The workers of role `jobs`. */
@Injectable()
export class JobWorkers implements BeforeApplicationShutdown {
  private readonly workers: Worker<Payload>[] = [];
  private readonly abort = new AbortController();
  private readonly durations;
  private connection: Redis | undefined;

  constructor(
    private readonly registry: JobRegistry,
    private readonly config: Config,
    private readonly log: Log,
    metrics: Metrics,
    private readonly service: ServiceName,
  ) {
    this.durations = metrics.histogram('job_duration_seconds', 'Time that a job took', ['queue', 'outcome']);
  }

  start(): void {
    const jobs = this.registry.all();
    if (jobs.length === 0) return;
    this.connection = bullConnection(this.config, this.log);
    for (const job of jobs) this.workers.push(this.worker(job, this.connection));
  }

  /** Takes no more, lets what runs finish up to the deadline, then aborts it; what is left is found by the timer. */
  async beforeApplicationShutdown(): Promise<void> {
    const timer = setTimeout(() => {
      this.abort.abort();
      for (const worker of this.workers) void worker.close(true).catch(() => {});
    }, this.config.shutdownDeadline);
    await Promise.allSettled(this.workers.map((worker) => worker.close()));
    clearTimeout(timer);
    this.connection?.disconnect();
  }

  private worker({ queue, concurrency, handler }: RegisteredJob, connection: Redis): Worker<Payload> {
    const run = async (job: Job<Payload>): Promise<void> => {
      const end = this.durations.startTimer({ queue });
      try {
        await handler.process(job.data.data, { attempt: job.attemptsMade + 1, signal: this.abort.signal });
        end({ outcome: 'done' });
      } catch (error) {
        end({ outcome: 'failed' });
        this.log.error({ err: error, queue, job: job.id }, 'a job failed');
        throw error;
      }
    };
    const worker = new Worker<Payload>(
      queue,
      (job) => runInTrace(job.data.traceparent, () => run(job), { service: this.service, role: 'jobs' }),
      {
        connection,
        prefix: this.config.dbPrefix,
        concurrency: this.config.jobConcurrency.get(queue) ?? concurrency,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      },
    );
    worker.on('error', (error) => this.log.debug({ err: error, queue }, 'a worker had trouble with Redis'));
    return worker;
  }
}
