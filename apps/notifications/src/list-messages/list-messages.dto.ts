import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { MESSAGE_STATES, type MessageState, type MessageStep } from '../message/message.schema';

/** Filters of the message log; all that are given hold together. */
export class ListMessagesQuery extends PageQuery {
  @IsOptional() @IsUUID() cooperativeId?: string;
  /** The id of the event that the messages answer. */
  @IsOptional() @IsString() @MaxLength(100) cause?: string;
  @IsOptional() @IsIn(MESSAGE_STATES) state?: MessageState;
}

/** A message as operations and the privacy officer see it: no address, no text. */
export class MessageView {
  id!: string;
  cooperativeId!: string | null;
  causeId!: string;
  template!: string;
  channel!: string;
  language!: string;
  /** Masked: `s***@m***.example`. Null until it was first to be sent. */
  to!: string | null;
  state!: MessageState;
  code!: string | null;
  attempt!: number;
  plannedAt!: string;
  sentAt!: string | null;
  deliveredAt!: string | null;
  readAt!: string | null;
  history!: MessageStep[];
}

export class MessageListView {
  items!: MessageView[];
  nextCursor!: string | null;
}
