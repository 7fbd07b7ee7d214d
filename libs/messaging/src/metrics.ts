import { Injectable } from '@nestjs/common';
import { Metrics } from '@idxcoop/platform';

/** What messaging shows to Prometheus. */
@Injectable()
export class MessagingMetrics {
  private readonly durations;
  private readonly retried;
  private readonly died;
  private readonly alarms;

  constructor(private readonly metrics: Metrics) {
    this.durations = metrics.histogram('consumer_duration_seconds', 'Duration of calls of consumers', [
      'consumer',
      'outcome',
    ]);
    this.retried = metrics.counter('consumer_retries_total', 'Failed attempts that wait for another one', ['consumer']);
    this.died = metrics.counter('dead_letters_total', 'Messages that became dead', ['consumer', 'reason']);
    this.alarms = metrics.counter('queue_vanished_total', 'Queues that vanished with what they held', ['queue']);
  }

  /** Starts the measuring of a call. */
  handling(consumer: string): (outcome: 'done' | 'seen' | 'failed') => void {
    const stop = this.durations.startTimer({ consumer });
    return (outcome) => {
      stop({ outcome });
    };
  }

  retry(consumer: string): void {
    this.retried.inc({ consumer });
  }

  dead(consumer: string, reason: string): void {
    this.died.inc({ consumer, reason });
  }

  vanished(queue: string): void {
    this.alarms.inc({ queue });
  }

  /** Gauges are read when they are asked for. */
  watch(name: string, help: string, read: () => number): void {
    this.metrics.gauge(name, help, [], (gauge) => gauge.set(read()));
  }
}
