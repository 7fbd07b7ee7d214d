import type { Channel } from '@idxcoop/contracts';
import { Config, Metrics } from '@idxcoop/platform';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { performance } from 'node:perf_hooks';
import type { Message } from '../message/message.schema';
import { DailyBudgets } from './daily-budgets';
import { type LineLimits, limitsOf } from './line-limits';
import type { Permit } from './permit';
import { Places } from './places';
import { Refusal } from './refusal';
import { SentBefore } from './sent-before';
import { Turnstile } from './turnstile';

const ANYBODY = 1e9;

/** A message that may be prepared now. */
export interface Seat {
  /** Waits for a place on the line; the letter is for the person of this keyed hash. */
  permit(person: string): Promise<Permit | Refusal>;
  /** Always to be called at the end; harmless when called again. */
  leave(): void;
}

/**
 * What providers allow, kept by all processes together: messages in a second, messages to one person, people in a day. A message
 * takes a seat, is prepared, and is given a permit to leave. Waiting is short and in place, or is told to the queue.
 */
@Injectable()
export class Limits implements OnModuleDestroy {
  private readonly turnstiles = new Map<string, Turnstile>();
  private readonly waits;
  private readonly refusals;

  constructor(
    private readonly places: Places,
    private readonly budgets: DailyBudgets,
    private readonly sentBefore: SentBefore,
    private readonly config: Config,
    metrics: Metrics,
  ) {
    this.waits = metrics.histogram(
      'limit_wait_seconds',
      'Time that a message waited in place for what the limits of its line allow',
      ['channel', 'lane'],
      [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8],
    );
    this.refusals = metrics.counter('limit_refusals_total', 'Messages that were put off by a limit', [
      'channel',
      'lane',
      'limit',
    ]);
  }

  onModuleDestroy(): void {
    for (const turnstile of this.turnstiles.values()) turnstile.close();
  }

  async seat(message: Message): Promise<Seat | Refusal> {
    const limits = limitsOf(message.channel, this.config);
    const turnstile = this.turnstile(limits);
    const start = performance.now();
    const answer = await turnstile.sit(message.lane);
    if (answer instanceof Refusal) return this.refused(message, answer);
    const waited = performance.now() - start;
    let isSeated = true;
    const leave = () => {
      if (isSeated) turnstile.stand();
      isSeated = false;
    };
    return {
      leave,
      permit: (person) => this.permit(message, limits, person, waited).finally(leave),
    };
  }

  /** Takes in how many people a provider lets us write to in 24 hours; all processes keep to it, and never to more than is configured. */
  setDailyPeople(channel: Channel, people: number): Promise<void> {
    return this.budgets.set(channel, people);
  }

  private async permit(
    message: Message,
    limits: LineLimits,
    person: string,
    waited: number,
  ): Promise<Permit | Refusal> {
    const { channel, lane, category, recipientKind } = message;
    const start = performance.now();
    // Who wrote to us within a day is no person of the budget; that they are counted all the same does not harm.
    const allowedPeople =
      recipientKind === 'inbound'
        ? ANYBODY
        : await this.budgets.allowed(limits, lane === 'bulk' || category === 'announcement');
    const answer = await this.turnstile(limits).take({ lane, person, allowedPeople });
    if (answer instanceof Refusal) return this.refused(message, answer);
    this.waits.observe({ channel, lane }, (waited + performance.now() - start + answer.remaining) / 1000);
    return answer;
  }

  private refused({ channel, lane }: Message, refusal: Refusal): Refusal {
    this.refusals.inc({ channel, lane, limit: refusal.code });
    return refusal;
  }

  private turnstile(limits: LineLimits): Turnstile {
    const known = this.turnstiles.get(limits.line);
    if (known) return known;
    const turnstile = new Turnstile(limits, this.places, () => this.sentBefore.restore(limits));
    this.turnstiles.set(limits.line, turnstile);
    return turnstile;
  }
}
