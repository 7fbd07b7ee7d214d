/** One entry of an axis: what it became, when that was true, when we knew it, when it was written, and by whom. */
export interface Stage<State extends string> {
  state: State;
  effectiveOn: string;
  knownAt: Date;
  recordedAt: Date;
  by?: string;
  reason?: string;
}

/** When and by whom an axis moves. `effectiveOn` and `knownAt` default to the moment itself. */
export interface Move {
  at: Date;
  effectiveOn?: string;
  knownAt?: Date;
  by?: string;
  reason?: string;
}

/** How an entry is stored. */
export const STAGE = {
  _id: false,
  state: String,
  effectiveOn: String,
  knownAt: Date,
  recordedAt: Date,
  by: String,
  reason: String,
};

export function stage<State extends string>(state: State, move: Move): Stage<State> {
  const { at, effectiveOn = at.toISOString(), knownAt = at, ...who } = move;
  return { state, effectiveOn, knownAt, recordedAt: at, ...who };
}
