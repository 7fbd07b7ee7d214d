import { IsEmail, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { IsMobile, trimmed } from '../people/contact-details';
import { LANGUAGES, type Language } from '../people/person.schema';

/** What was mistyped; what is left out stays. */
export class MendContactDto {
  @IsOptional() @MaxLength(120) @MinLength(2) @trimmed() @IsString() name?: string;
  @IsOptional() @MaxLength(60) @MinLength(2) @trimmed() @IsString() position?: string;
  @IsOptional() @MaxLength(254) @IsEmail() @trimmed() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
}
