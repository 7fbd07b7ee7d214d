/** A service that owns events, a database and public routes. */
export const SERVICES = ['onboarding', 'notifications', 'content-indexing', 'reporting'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** An event version: a class whose properties carry class-validator rules and whose `event` is its name on the wire. */
export interface EventContract<T extends object = object> {
  new (): T;
  /** `<service>.<noun>.<past verb>.v<n>`; also the routing key and the AMQP type. Stored data: never renamed. */
  readonly event: string;
}

/** The service that publishes an event: the first part of its name. */
export function producerOf(event: string): ServiceName {
  const producer = SERVICES.find((service) => event.startsWith(`${service}.`));
  if (!producer) throw new Error(`${event} does not start with the name of a service`);
  return producer;
}

/** The contract that an event instance was made from. */
export function contractOf(event: object): EventContract {
  return event.constructor as unknown as EventContract;
}

/** Makes an event of a contract from its fields; what is missing fails validation at `outbox.add`. */
export function event<T extends object>(contract: EventContract<T>, fields: T): T {
  return Object.assign(new contract(), fields);
}
