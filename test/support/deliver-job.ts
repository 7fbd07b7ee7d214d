import { Job, type JobContext, type JobHandler, type JobSchedule, traceparent, type Wakeup } from '@idxcoop/platform';
import { Module } from '@nestjs/common';

export interface Data {
  id: string;
}

/** A job that does what a test tells it, and remembers. */
@Job({ queue: 'notifications-deliver', concurrency: 5 })
export class DeliverJob implements JobHandler<Data> {
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

/** A service with this one job. */
@Module({ providers: [DeliverJob] })
export class JobsModule {
  static readonly service = 'notifications' as const;
}

export const QUEUE = 'notifications-deliver';
