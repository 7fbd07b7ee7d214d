import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsAddress, IsMobile } from '../people/contact-details';

/** Where the new link shall go: one address that is verified already. */
export class SendStatusLinkDto {
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}
