import { IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import { DatedFact } from '../dated';
import { CHANNELS, type Channel } from '../onboarding/verification-requested.v1';

/** What every fact about a message carries. No address, no text. */
export abstract class MessageFact extends DatedFact {
  @IsUUID() messageId!: string;
  @IsOptional() @IsUUID() cooperativeId?: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsString() template!: string;
  /** The id of the event that the message answers; of a long process with its step, `<event id>/<step>`. */
  @IsString() causeId!: string;
}
