import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { ServiceName } from '@idxcoop/contracts';
import { type JobHandler, type JobOptions, jobOptions } from './job';

export interface RegisteredJob extends Required<JobOptions> {
  handler: JobHandler<object>;
}

/** The job classes among the providers of a service. */
@Injectable()
export class JobRegistry {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly service: ServiceName,
  ) {}

  all(): RegisteredJob[] {
    const jobs = new Map<unknown, RegisteredJob>();
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const options = typeof metatype === 'function' && instance ? jobOptions(metatype) : undefined;
      if (!options || jobs.has(instance)) continue;
      jobs.set(instance, { concurrency: 10, ...options, handler: instance as JobHandler<object> });
    }
    const names = [...jobs.values()].map(({ queue }) => queue);
    for (const name of names) {
      if (!new RegExp(`^${this.service}-[a-z][a-z0-9-]*$`).test(name)) {
        throw new Error(`The queue ${name} must be named ${this.service}-<verb phrase>`);
      }
      if (names.indexOf(name) !== names.lastIndexOf(name)) throw new Error(`Two jobs use the queue ${name}`);
    }
    return [...jobs.values()];
  }
}
