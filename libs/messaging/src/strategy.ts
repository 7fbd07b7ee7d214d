import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { ServiceName } from '@idxcoop/contracts';
import type { ConsumerRegistry, NestHandler } from './consumer-registry';
import type { HandlerMark } from './on-event';

/** What the strategy starts and stops. */
export interface Consuming {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * How events reach the handlers that Nest found. Every service has a transport of its own; several handlers of an event stay
 * independent of each other, where Nest would chain them.
 */
export class EventStrategy extends Server implements CustomTransportStrategy {
  /** Nest would log what we hand to `retries` anyway. */
  override readonly propagatesEventHandlerErrors = true;

  constructor(
    service: ServiceName,
    private readonly registry: ConsumerRegistry,
    private readonly consuming: Consuming,
  ) {
    super();
    this.setTransportId(Symbol(`idxcoop.events.${service}`));
  }

  override addHandler(
    pattern: unknown,
    callback: NestHandler,
    _isEventHandler?: boolean,
    extras?: Record<string, unknown>,
  ): void {
    this.registry.add(String(pattern), callback, extras as { marks?: HandlerMark[] });
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.consuming.start();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await this.consuming.stop();
  }

  on<EventKey extends string, EventCallback>(event: EventKey, _callback: EventCallback): void {
    throw new Error(`The transport of events has no event ${event}: readiness and metrics tell its state`);
  }

  unwrap<T>(): T {
    return this.consuming as T;
  }
}
