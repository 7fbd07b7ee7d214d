/**
 * What an answer of a provider means for the message:
 * `retry` later; `hold` for long, at least `waitSeconds`; `next_channel` and `final`: never again on this channel; `suppress`:
 * nor ever to this address; `stop_template`, `stop_line`: nothing of that template or channel goes out for a while.
 */
export type Action = 'retry' | 'hold' | 'next_channel' | 'final' | 'suppress' | 'stop_template' | 'stop_line';

export interface ErrorRule {
  action: Action;
  /** No sooner than this; for a stop, how long it lasts. */
  waitSeconds?: number;
}
