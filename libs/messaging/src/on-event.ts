import { applyDecorators, Catch, Controller, type RpcExceptionFilter, SetMetadata, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventContract } from '@idxcoop/contracts';
import type { ClientSession } from 'mongoose';
import { type Observable, throwError } from 'rxjs';

/** What a consumer is told beside the event itself. */
export interface EventContext {
  /** Of the event; both versions of a fact share it. */
  id: string;
  type: string;
  /** The aggregate's counter: write only where it is newer, since events arrive in any order. */
  sequence: number;
  partitionKey: string;
  /** When it was recorded. */
  time: Date;
  /** 1 for the first. */
  attempt: number;
  /** The transaction that holds the consumer's "seen" mark: its effects belong into it. */
  session: ClientSession;
  /** Registers what to do once that transaction is committed. */
  afterCommit(fn: () => void): void;
}

/** One of the events that a batch consumer is given together. */
export interface BatchedEvent<T extends object = object> {
  event: T;
  context: EventContext;
}

/** What `@OnEvent` leaves for the strategy beside each handler. */
export interface HandlerMark {
  contract: EventContract;
  owner: () => object;
  method: string;
  /** For batch consumers: at most so many together. */
  batch?: number;
}

const CONSUMER = 'idxcoop:consumer';

/** Rethrows: Nest would turn an error that is no RpcException into `{ status, message }`, and its class, code and labels would be lost. */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

/** A consumer: `<service>.<name>`, named after its feature folder and listed in the map. Registered as a controller of its module. */
export function EventConsumer(name: string): ClassDecorator {
  return applyDecorators(Controller(), SetMetadata(CONSUMER, name));
}

/** The name that `@EventConsumer` gave to a class. */
export function consumerNameOf(owner: object): string | undefined {
  return Reflect.getMetadata(CONSUMER, owner) as string | undefined;
}

/** Called with each event of these contracts, and the context of a transaction of its own. */
export function OnEvent(...contracts: EventContract[]): MethodDecorator {
  return listen(contracts, undefined);
}

/** Called with up to `batch` events at a time and one transaction for all of them; one by one when that fails. */
export function OnEvents(...args: [...EventContract[], { batch: number }]): MethodDecorator {
  const options = args.at(-1) as { batch: number };
  return listen(args.slice(0, -1) as EventContract[], options.batch);
}

function listen(contracts: readonly EventContract[], batch: number | undefined): MethodDecorator {
  if (contracts.length === 0) throw new TypeError('@OnEvent needs a contract');
  return (target, key, descriptor) => {
    const mark = (contract: EventContract): HandlerMark => ({
      contract,
      // Looked up late: the decorators of the class run after those of its methods.
      owner: () => target.constructor,
      method: String(key),
      ...(batch && { batch }),
    });
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    UseFilters(RethrowFilter)(target, key, descriptor);
    EventPattern(
      contracts.map(({ event }) => event),
      { marks: contracts.map(mark) },
    )(target, key, descriptor);
  };
}
