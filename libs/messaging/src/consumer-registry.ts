import { type EventContract, serviceOf, type ServiceName, type SubscriptionMap } from '@idxcoop/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import { consumerNameOf, type HandlerMark, RethrowFilter } from './on-event';

/** One consumer's handler of one event. */
export interface Handler {
  /** `<service>.<name>` */
  consumer: string;
  contract: EventContract;
  /** For batch consumers: at most so many together. */
  batch?: number;
  /** Settles when the handler has; rejects with what it threw. */
  invoke: (payload: unknown, context: unknown) => Promise<void>;
}

/** Who listens to which events; the keys are consumers and their service. */
export type Listened = Record<string, string[]>;

export type NestHandler = (payload: unknown, context: unknown) => Promise<unknown>;

const FILTERS = '__exceptionFilters__';

/** The handlers of a service differ from what the map says, so it does not start. */
export class RegistryDifference extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The handlers are not what the map says:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'RegistryDifference';
  }
}

/** The consumers that Nest found in the modules of a service. Several of one event are independent of each other. */
export class ConsumerRegistry {
  private readonly handlers = new Map<string, Handler[]>();
  private readonly problems: string[] = [];

  constructor(private readonly service: ServiceName) {}

  /** Takes a handler from Nest, with the mark that `@OnEvent` left on it. */
  add(pattern: string, callback: NestHandler, extras: { marks?: HandlerMark[] } = {}): void {
    const mark = extras.marks?.find(({ contract }) => contract.event === pattern);
    if (!mark) {
      this.problems.push(`${pattern} is handled without @OnEvent`);
      return;
    }
    const owner = mark.owner() as { name: string; prototype: Record<string, object> };
    const name = consumerNameOf(owner);
    if (!name) {
      this.problems.push(`${owner.name} handles ${pattern} but has no @EventConsumer`);
      return;
    }
    this.refuseFilters(owner, mark.method);
    const consumer = `${this.service}.${name}`;
    const others = this.handlers.get(pattern) ?? [];
    if (others.some((other) => other.consumer === consumer)) this.problems.push(`${consumer} handles ${pattern} twice`);
    others.push({
      consumer,
      contract: mark.contract,
      ...(mark.batch && { batch: mark.batch }),
      invoke: (payload, context) => settled(callback(payload, context)),
    });
    this.handlers.set(pattern, others);
  }

  /** Throws everything that differs from the map. */
  check(subscriptions: SubscriptionMap): void {
    const problems = [...this.problems];
    const declared = new Set<string>();
    for (const [consumer, contracts] of Object.entries(subscriptions)) {
      if (serviceOf(consumer) !== this.service) continue;
      for (const { event } of contracts) {
        declared.add(`${consumer} ${event}`);
        if (!this.handlersOf(event).some((handler) => handler.consumer === consumer)) {
          problems.push(`the map says that ${consumer} listens to ${event}, but nothing handles it`);
        }
      }
    }
    for (const [event, handlers] of this.handlers) {
      for (const { consumer } of handlers) {
        if (!declared.has(`${consumer} ${event}`))
          problems.push(`${consumer} handles ${event}, but the map does not say so`);
      }
    }
    if (problems.length > 0) throw new RegistryDifference(problems);
  }

  handlersOf(event: string): readonly Handler[] {
    return this.handlers.get(event) ?? [];
  }

  get consumers(): string[] {
    return [...new Set([...this.handlers.values()].flat().map(({ consumer }) => consumer))];
  }

  /** The events of each consumer, and under the service's name those of all. */
  get listened(): Listened {
    const listened: Listened = { [this.service]: [...this.handlers.keys()] };
    for (const [event, handlers] of this.handlers) {
      for (const { consumer } of handlers) listened[consumer] = [...(listened[consumer] ?? []), event];
    }
    return listened;
  }

  /** A filter that answers with a value would make a failure look like a success. */
  private refuseFilters(owner: { name: string; prototype: Record<string, object> }, method: string): void {
    const onClass = (Reflect.getMetadata(FILTERS, owner) ?? []) as unknown[];
    const onMethod = (Reflect.getMetadata(FILTERS, owner.prototype[method] as object) ?? []) as unknown[];
    if (onClass.length > 0 || onMethod.some((filter) => filter !== RethrowFilter)) {
      this.problems.push(`${owner.name}.${method} has an exception filter of its own; consumers must not`);
    }
  }
}

/** Nest answers a failed handler with a promise of an observable that fails. */
async function settled(result: Promise<unknown>): Promise<void> {
  const value = await result;
  if (isObservable(value)) await lastValueFrom(value, { defaultValue: undefined });
}
