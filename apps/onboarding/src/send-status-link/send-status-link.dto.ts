import { IsEmail, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsMobile, trimmed } from '../people/contact-details';

/** Where the new link shall go: one address that is verified already. */
export class SendStatusLinkDto {
  @IsOptional() @MaxLength(254) @IsEmail() @trimmed() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}
