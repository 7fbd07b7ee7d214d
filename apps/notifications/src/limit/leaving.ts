import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

const current = new AsyncLocalStorage<(() => void) | undefined>();
const waiting = new WeakMap<object, () => void>();

// `fetch` says by its diagnostics when it has written to the socket: it may have had to connect first, which takes its time.
subscribe('undici:request:create', (message) => {
  const left = current.getStore();
  if (left) waiting.set((message as { request: object }).request, left);
});
subscribe('undici:request:bodySent', (message) => waiting.get((message as { request: object }).request)?.());

/** Calls `left` once a request that `send` makes by `fetch` is written; for several, at each. */
export function whenRequestLeaves<T>(left: () => void, send: () => Promise<T>): Promise<T> {
  return current.run(left, send);
}

/** Does something in between whose own requests are not meant. */
export function asideFromLeaving<T>(act: () => Promise<T>): Promise<T> {
  return current.run(undefined, act);
}
