import { IsString } from 'class-validator';
import { MessageFact } from './message-fact';

/** The message will not be sent again; `code` says why. */
export class MessageFailedV1 extends MessageFact {
  static readonly event = 'notifications.message.failed.v1';
  @IsString() code!: string;
}
