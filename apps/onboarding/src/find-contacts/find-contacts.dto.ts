import { IsString, MaxLength } from 'class-validator';

/**
 * Whose number it is; in a body, since addresses of requests are written to logs. Any number may have written to us, also one that
 * could never be a contact: it belongs to nobody.
 */
export class FindContactsDto {
  @MaxLength(40) @IsString() phone!: string;
}
