import { Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import type { Message, MessageState } from './message.schema';

/** What operations watch: how messages end per channel and template, and how long a person waits for one. */
@Injectable()
export class MessageMetrics {
  private readonly states;
  private readonly wait;

  constructor(metrics: Metrics) {
    this.states = metrics.counter('messages_total', 'Messages that reached a state', ['channel', 'template', 'state']);
    this.wait = metrics.histogram(
      'message_delivery_seconds',
      'From the plan of a message to its acceptance by the provider',
      ['channel', 'template'],
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
    );
  }

  reached({ channel, template }: Message, state: MessageState): void {
    this.states.inc({ channel, template, state });
  }

  accepted({ channel, template, plannedAt }: Message, at: Date): void {
    this.wait.observe({ channel, template }, Math.max(0, at.getTime() - plannedAt.getTime()) / 1000);
  }
}
