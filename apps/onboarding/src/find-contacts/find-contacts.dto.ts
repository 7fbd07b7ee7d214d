import { IsString, MaxLength } from 'class-validator';
import { IsMobile } from '../people/contact-details';

/** Whose number it is; in a body, since addresses of requests are written to logs. */
export class FindContactsDto {
  @IsMobile() @MaxLength(40) @IsString() phone!: string;
}
