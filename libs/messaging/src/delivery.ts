import type { ConsumeMessage } from 'amqplib';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Acks } from './acks';

/** A message that the broker gave us, and how to give it back. */
export class Delivery {
  constructor(
    readonly message: ConsumeMessage,
    readonly acks: Acks,
  ) {}

  /** How often it came back: 0 for the first time. Brokers without the header still say whether it did. */
  get timesReturned(): number {
    const count = this.message.properties.headers?.['x-delivery-count'] as number | undefined;
    return count ?? (this.message.fields.redelivered ? 1 : 0);
  }

  /** The only consumer that it is for (replay), or undefined for all. */
  get to(): string | undefined {
    return this.message.properties.headers?.['x-consumer'] as string | undefined;
  }

  get text(): string {
    return this.message.content.toString('utf8');
  }

  /** Its text, or base64 where it is none. */
  get kept(): string {
    const { content } = this.message;
    return isUtf8(content) ? content.toString('utf8') : `base64:${content.toString('base64')}`;
  }

  /** The event's id as far as it can be told without reading the content. */
  get eventId(): string {
    const { messageId } = this.message.properties as { messageId?: string };
    return messageId || createHash('sha256').update(this.message.content).digest('hex').slice(0, 32);
  }

  get type(): string {
    const { type } = this.message.properties as { type?: string };
    return type || this.message.fields.routingKey;
  }
}
