import { Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { codeLabel } from '../provider/rules';
import type { Message, MessageState } from './message.schema';

/** What operations watch: how messages end per channel and template, and how long a person waits for one. */
@Injectable()
export class MessageMetrics {
  private readonly states;
  private readonly wait;
  private readonly failures;
  private readonly arrival;

  constructor(metrics: Metrics) {
    this.states = metrics.counter('messages_total', 'Messages that reached a state', ['channel', 'template', 'state']);
    this.wait = metrics.histogram(
      'message_delivery_seconds',
      'From the plan of a message to its acceptance by the provider',
      ['channel', 'template'],
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
    );
    this.failures = metrics.counter('message_failures_total', 'Messages that have failed, by their code', [
      'channel',
      'template',
      'code',
    ]);
    this.arrival = metrics.histogram(
      'message_arrival_seconds',
      'From the moment a message left to its arrival at the person, as the provider says',
      ['channel', 'template'],
      [0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 6 * 3600, 24 * 3600],
    );
  }

  failed({ channel, template }: Message, code: string): void {
    this.failures.inc({ channel, template, code: codeLabel(channel, code) });
  }

  delivered({ channel, template, leftAt, sentAt, plannedAt }: Message, at: Date): void {
    const left = leftAt ?? sentAt ?? plannedAt;
    this.arrival.observe({ channel, template }, Math.max(0, at.getTime() - left.getTime()) / 1000);
  }

  reached({ channel, template }: Message, state: MessageState): void {
    this.states.inc({ channel, template, state });
  }

  accepted({ channel, template, plannedAt }: Message, at: Date): void {
    this.wait.observe({ channel, template }, Math.max(0, at.getTime() - plannedAt.getTime()) / 1000);
  }
}
