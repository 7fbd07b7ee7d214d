import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { MESSAGE_STATES, type MessageState, TEMPLATE_KEYS, type TemplateKey } from '../message/message.schema';

const INSTANT = { type: 'string', format: 'date-time' } as const;
/** A text or an instant that may not be there (yet). */
const orNull = (schema: { type: 'string'; format?: string }): ApiPropertyOptions => ({
  oneOf: [schema, { type: 'null' }],
});

/** Filters of the message log; all that are given hold together. */
export class ListMessagesQuery extends PageQuery {
  @IsOptional() @IsUUID() cooperativeId?: string;
  /** The id of the event that the messages answer. */
  @IsOptional() @IsString() @MaxLength(100) cause?: string;
  @IsOptional() @IsIn(MESSAGE_STATES) state?: MessageState;
  /** Why it is in its state: `quiet_hours`, `131026`, `opted_out` … */
  @IsOptional() @Matches(/^[a-z0-9_]{1,60}$/) code?: string;
  @IsOptional() @IsIn(CHANNELS) channel?: Channel;
  @IsOptional() @IsIn(TEMPLATE_KEYS) template?: TemplateKey;
  /** Planned not before this instant … */
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  /** … and before this one. */
  @IsOptional() @IsISO8601({ strict: true }) until?: string;
}

/** A state that a message reached, when, and why. */
export class MessageStepView {
  @ApiProperty({ enum: MESSAGE_STATES }) state!: MessageState;
  @ApiProperty(INSTANT) at!: string;
  @ApiPropertyOptional() code?: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'Of `held`: it is not tried before' }) until?: string;
}

/** A message as operations and the privacy officer see it: no address, no text. */
export class MessageView {
  @ApiProperty({ format: 'uuid', description: 'The delivery id' }) id!: string;
  @ApiProperty(orNull({ type: 'string', format: 'uuid' })) cooperativeId!: string | null;
  @ApiProperty({ description: 'The event that the message answers' }) causeId!: string;
  @ApiProperty({ description: 'The kind of cause' }) workflow!: string;
  @ApiProperty() template!: string;
  @ApiProperty({ enum: CHANNELS }) channel!: Channel;
  @ApiProperty({ enum: ['id', 'en'] }) language!: string;
  @ApiProperty({
    ...orNull({ type: 'string' }),
    description: 'Masked: `s***@m***.example`; null until it was first to be sent',
  })
  to!: string | null;
  @ApiProperty({ enum: MESSAGE_STATES }) state!: MessageState;
  @ApiProperty({ ...orNull({ type: 'string' }), description: 'Why it is in its state' }) code!: string | null;
  @ApiProperty({ type: 'integer' }) attempt!: number;
  @ApiProperty(INSTANT) plannedAt!: string;
  @ApiProperty(orNull(INSTANT)) sentAt!: string | null;
  @ApiProperty(orNull(INSTANT)) deliveredAt!: string | null;
  @ApiProperty(orNull(INSTANT)) readAt!: string | null;
  @ApiProperty({ type: [MessageStepView] }) history!: MessageStepView[];
}

export class MessageListView {
  @ApiProperty({ type: [MessageView] }) items!: MessageView[];
  @ApiProperty(orNull({ type: 'string' })) nextCursor!: string | null;
}
