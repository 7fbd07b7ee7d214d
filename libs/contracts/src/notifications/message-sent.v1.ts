import { MessageFact } from './message-fact';

/** The provider took the message. */
export class MessageSentV1 extends MessageFact {
  static readonly event = 'notifications.message.sent.v1';
}
