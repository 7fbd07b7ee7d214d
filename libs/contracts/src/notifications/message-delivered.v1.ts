import { MessageFact } from './message-fact';

/** The provider reported that the message reached the person's device. */
export class MessageDeliveredV1 extends MessageFact {
  static readonly event = 'notifications.message.delivered.v1';
}
