import type { SuppressionScope } from '../suppression/scopes';

/**
 * What an answer of a provider means for the message:
 * `retry`: later, with backoff and jitter; `hold`: for long; `refresh_token`: at once where there is a new token, else the line is
 * stopped; `next_channel`: never again on this one, the person's next channel takes over; `suppress`: the same, and never again to this
 * address; `stop_bulk`, `stop_template`, `stop_line`: what goes to many, of that template, or on the channel waits, this one too;
 * `final`: it has failed and nobody takes over; `unknown`: only the provider knows whether it has the message.
 */
export const ACTIONS = [
  'retry',
  'hold',
  'refresh_token',
  'next_channel',
  'suppress',
  'stop_bulk',
  'stop_template',
  'stop_line',
  'final',
  'unknown',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface ErrorRule {
  action: Action;
  /** No sooner than this; for a stop, how long it lasts. */
  waitSeconds?: number;
  /** Of `suppress`. */
  scope?: SuppressionScope;
  /** The message itself has failed as well: asked again it would be refused again. */
  ends?: true;
  /** The provider itself is in trouble: counts for its breaker. */
  isDown?: true;
  /** Ours to mend: told as an error and counted. Stops are always told. */
  alert?: true;
}

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
