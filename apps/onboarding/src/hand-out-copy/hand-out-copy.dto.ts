import { IsString, MaxLength } from 'class-validator';

/** The token of the link that the person got. */
export class HandOutCopyDto {
  @MaxLength(300) @IsString() token!: string;
}
