import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, type Metric, Registry } from 'prom-client';

/** The metrics of one service of a process; asking twice for a name gives the same metric. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor(service?: string) {
    if (service) this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string = string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.once(name, (full) => new Counter({ name: full, help, labelNames, registers: [this.registry] }));
  }

  /** With `collect` the gauge is set when it is read. */
  gauge<L extends string = string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    return this.once(
      name,
      (full) =>
        new Gauge({
          name: full,
          help,
          labelNames,
          registers: [this.registry],
          ...(collect && {
            collect(this: Gauge<L>) {
              return collect(this);
            },
          }),
        }),
    );
  }

  histogram<L extends string = string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    buckets: number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  ): Histogram<L> {
    return this.once(
      name,
      (full) => new Histogram({ name: full, help, labelNames, buckets, registers: [this.registry] }),
    );
  }

  private once<M extends Metric>(name: string, make: (full: string) => M): M {
    const full = name.startsWith('idxcoop_') ? name : `idxcoop_${name}`;
    return (this.registry.getSingleMetric(full) as M | undefined) ?? make(full);
  }
}
