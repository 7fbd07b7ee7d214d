import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';

/** The contacts of a person. */
export class FindMessagesDto {
  @ArrayMaxSize(50) @IsUUID(undefined, { each: true }) @IsArray() recipientIds!: string[];
}
