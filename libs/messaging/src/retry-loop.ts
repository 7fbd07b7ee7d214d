import type { Log } from '@idxcoop/platform';
import type { Builds } from './builds';
import { type ConsumerCalls, Contended } from './calls';
import type { RetryRow } from './collections';
import type { ConsumerRegistry } from './consumer-registry';
import { type Dispatcher, InvalidEvent, UnknownEvent } from './dispatcher';
import { type Envelope, readEnvelope } from './envelope';
import { Loop } from './loop';
import type { ClaimedRow, Reason, Retries } from './retries';
import { Abandoned, type StoreGate } from './store-gate';
import { validatorOf } from './validate';

/** How long a call is put off without counting. */
const CONTENDED_FOR = 600_000;
/** Claimed at a time by one process. */
const WIDTH = 8;

export interface RetryLoopParts {
  service: string;
  interval: number;
  registry: ConsumerRegistry;
  builds: Builds;
  calls: ConsumerCalls;
  retries: Retries;
  dispatcher: Dispatcher;
  gate: StoreGate;
  log: Log;
}

/** Calls consumers again on what they failed on, when it is due. Rows of consumers that this build does not have are left alone. */
export class RetryLoop {
  private readonly loop: Loop;

  constructor(private readonly parts: RetryLoopParts) {
    this.loop = new Loop('retries', parts.interval, () => this.pass(), parts.log);
  }

  start(): void {
    this.parts.builds.start();
    this.loop.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.loop.stop(), this.parts.builds.stop()]);
  }

  private async pass(): Promise<void> {
    const { gate, retries } = this.parts;
    await gate.opened();
    const running = new Set<Promise<void>>();
    while (!this.loop.isStopping) {
      const row = await this.claim();
      if (!row) break;
      if (row.isSuspect) {
        // Alone, so that a message that ends its process takes no innocent one with it time and again.
        await Promise.all(running);
        await this.callAgain(row);
        continue;
      }
      const call = this.callAgain(row).finally(() => running.delete(call));
      running.add(call);
      if (running.size >= WIDTH) await Promise.race(running);
    }
    await Promise.all(running);
    await retries.buryCrashed();
  }

  private async claim(): Promise<ClaimedRow | null> {
    const { retries, builds } = this.parts;
    const now = new Date();
    // What no build at work knows runs through its tiers all the same, until it is dead.
    return (await retries.claim(builds.mine(), now)) ?? retries.claim(await builds.strange(), now);
  }

  private async callAgain(row: RetryRow): Promise<void> {
    const { gate, retries } = this.parts;
    try {
      await this.attempt(row);
    } catch (error) {
      if (error instanceof Abandoned) return;
      await gate
        .through(() =>
          isContended(row, error) ? retries.postponeCounted(row) : retries.settle(row, error, reasonOf(error)),
        )
        .catch((problem: unknown) => {
          if (!(problem instanceof Abandoned)) throw problem;
        });
    }
  }

  private async attempt(row: RetryRow): Promise<void> {
    const { gate, retries, calls, registry, dispatcher, service } = this.parts;
    const envelope = readAgain(row);
    if (row.consumer === service) {
      if (!(await dispatcher.handleAgain(envelope, row.body)))
        throw new UnknownEvent(`no consumer of this build knows ${row.type}`);
      await gate.through(() => retries.done(row._id));
      return;
    }
    const handler = registry.handlersOf(row.type).find(({ consumer }) => consumer === row.consumer);
    if (!handler) throw new UnknownEvent(`${row.consumer} does not handle ${row.type}`);
    const problem = validatorOf(handler.contract)(envelope.data);
    if (problem) throw new InvalidEvent(problem);
    await gate.through(() => calls.one(handler, envelope, { number: row.attempt, isRecorded: true }));
  }
}

/** Not for ever: what stands in the way for so long is a failure like any other. */
function isContended(row: RetryRow, error: unknown): boolean {
  return error instanceof Contended && Date.now() - row.firstAt.getTime() < CONTENDED_FOR;
}

function reasonOf(error: unknown): Reason {
  if (error instanceof UnknownEvent) return 'unknown_event';
  return error instanceof InvalidEvent ? 'invalid' : 'handler_failed';
}

/** A row that holds no event stays dead however often it is redriven. */
function readAgain(row: RetryRow): Envelope {
  try {
    return readEnvelope(row.body);
  } catch (error) {
    throw new InvalidEvent((error as Error).message);
  }
}
