import type { Channel } from '@idxcoop/contracts';
import { Config, Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Outcome } from '../deliver-message/outcome';

export const PROVIDERS = ['whatsapp', 'smtp', 'smtp_fallback'] as const;
export type Provider = (typeof PROVIDERS)[number];

const FAILURES = 5;
/** While another message finds out whether the provider is back. */
const PROBE_MS = 1_000;

interface Breaker {
  policy: CircuitBreakerPolicy;
  openedAt: number;
}

/**
 * Keeps messages from a provider that is down: after five failures in a row nothing is sent for a while, then one message tries. Each
 * process finds out for itself. What waits for it has not been refused.
 */
@Injectable()
export class Breakers {
  private readonly breakers: Readonly<Record<Provider, Breaker>>;

  constructor(
    private readonly config: Config,
    metrics: Metrics,
  ) {
    this.breakers = {
      whatsapp: this.breaker(),
      smtp: this.breaker(),
      smtp_fallback: this.breaker(),
    };
    metrics.gauge(
      'provider_circuit_open',
      'Breaker of a provider: 1 open, 0.5 trying, 0 closed',
      ['provider'],
      (gauge) => {
        for (const provider of PROVIDERS) gauge.set({ provider }, this.openness(provider));
      },
    );
  }

  /** How long a message of this channel waits because none of its providers can be tried; null where one can. */
  holdOf(channel: Channel): { afterMs: number; code: string } | null {
    const waits = this.providersOf(channel).map((provider) => this.waitFor(provider));
    const afterMs = Math.min(...waits);
    return afterMs > 0 ? { afterMs: spread(afterMs), code: 'circuit_open' } : null;
  }

  /** Sends by a provider unless its breaker is open. */
  async run(provider: Provider, send: () => Promise<Outcome>): Promise<Outcome> {
    const { policy } = this.breakers[provider];
    // Who comes during the trial does not wait for it with a permit in hand.
    if (policy.state === CircuitState.HalfOpen) return this.held(provider);
    try {
      return await policy.execute(send);
    } catch (error) {
      if (isBrokenCircuitError(error)) return this.held(provider);
      throw error;
    }
  }

  private held(provider: Provider): Outcome {
    return { kind: 'held', code: 'circuit_open', afterMs: spread(Math.max(this.waitFor(provider), PROBE_MS)) };
  }

  private waitFor(provider: Provider): number {
    const { policy, openedAt } = this.breakers[provider];
    if (policy.state === CircuitState.HalfOpen) return PROBE_MS;
    return policy.state === CircuitState.Open ? Math.max(0, openedAt + this.config.circuitOpen - Date.now()) : 0;
  }

  private openness(provider: Provider): number {
    const { state } = this.breakers[provider].policy;
    if (state === CircuitState.Open) return 1;
    return state === CircuitState.HalfOpen ? 0.5 : 0;
  }

  private providersOf(channel: Channel): Provider[] {
    if (channel === 'whatsapp') return ['whatsapp'];
    return this.config.smtpFallbackUrl ? ['smtp', 'smtp_fallback'] : ['smtp'];
  }

  private breaker(): Breaker {
    const policy = circuitBreaker(
      handleWhenResult((outcome) => isDown(outcome as Outcome)),
      { halfOpenAfter: this.config.circuitOpen, breaker: new ConsecutiveBreaker(FAILURES) },
    );
    const breaker: Breaker = { policy, openedAt: 0 };
    policy.onBreak(() => {
      breaker.openedAt = Date.now();
    });
    return breaker;
  }
}

/** Whether an outcome says that the provider is in trouble, and not the message. */
function isDown(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'unsent':
    case 'unknown':
      return true;
    case 'refused':
      return outcome.rule.isDown === true;
    default:
      return false;
  }
}

/** Up to a tenth longer, so that what waits does not come back all at once. */
function spread(milliseconds: number): number {
  return Math.round(milliseconds * (1 + Math.random() / 10)) + 1;
}
