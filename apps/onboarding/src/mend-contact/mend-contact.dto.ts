import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsAddress, IsLine, IsMobile } from '../people/contact-details';
import { LANGUAGES, type Language } from '../people/person.schema';

/** What was mistyped; what is left out stays. */
export class MendContactDto {
  @IsOptional() @IsLine(2, 120) name?: string;
  @IsOptional() @IsLine(2, 60) position?: string;
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
}
