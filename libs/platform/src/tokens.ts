import type { CustomTransportStrategy } from '@nestjs/microservices';

/** Injects the name of the service that a provider lives in. */
export const SERVICE_NAME = Symbol('SERVICE_NAME');

/** Under this token the messaging module provides what consumes events; the service starts it in role `events`. */
export const EVENT_TRANSPORT = Symbol('EVENT_TRANSPORT');

export interface EventTransport {
  strategy: CustomTransportStrategy;
}
