import { Injectable, type Type } from '@nestjs/common';

export const JOB = 'idxcoop:job';

export interface JobOptions {
  /** `<service>-<verb phrase>`, one kind of work each. */
  queue: string;
  /** How many at once in one process. */
  concurrency?: number;
}

/** A reason to work: the document that needs it says everything else. */
export interface Wakeup<D extends object = object> {
  /** A natural key: never digits alone, no colon. The same id waits in the queue once. */
  id: string;
  data: D;
  /** Not before; absent means now. */
  at?: Date;
  /** What waits goes in this order, 0 (the default) first. */
  priority?: number;
}

/** Work that comes again by the clock of a time zone. */
export interface JobSchedule<D extends object = object> {
  id: string;
  /** A cron pattern … */
  pattern?: string;
  /** … or milliseconds between runs. */
  every?: number;
  timeZone: string;
  data: D;
}

export interface JobContext {
  attempt: number;
  /** Aborted when the process has to end before the work is done. */
  signal: AbortSignal;
}

/** A kind of work inside of a service. A job is a wake-up: it may come twice, late or not at all; the truth is in MongoDB. */
export interface JobHandler<D extends object = object> {
  process(data: D, context: JobContext): Promise<void>;
  /** The schedules that there should be now; missing ones are restored, others removed. */
  schedules?(): Promise<JobSchedule<D>[]>;
  /** Documents that need work now: their wake-ups are added again, in case they were lost. */
  due?(now: Date, limit: number): Promise<Wakeup<D>[]>;
}

/** A class of jobs, whatever its data. */
export type JobClass = Type<{ process(...args: never[]): Promise<void> }>;

/** Declares a kind of work: an ordinary provider of its feature's module. */
export function Job(options: JobOptions): ClassDecorator {
  return (target) => {
    Injectable()(target);
    Reflect.defineMetadata(JOB, options, target);
  };
}

/** The options of a job class, undefined for any other class. */
export function jobOptions(target: object): JobOptions | undefined {
  return Reflect.getMetadata(JOB, target) as JobOptions | undefined;
}

/** Refuses an id that BullMQ would misread. */
export function checkWakeupId(id: string): void {
  if (!id || id.includes(':') || /^\d+$/.test(id))
    throw new Error(`"${id}" cannot be the id of a job: not empty, no colon, not digits alone`);
}
