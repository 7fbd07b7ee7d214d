import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsAddress, IsMobile } from '../people/contact-details';

/** Where the code shall go: one address. */
export class SignInDto {
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}

export class ConfirmSignInDto {
  @MaxLength(20) @IsString() code!: string;
  /** Where one address speaks for several: the id of whom to be signed in as, of the answer before. */
  @IsOptional() @IsUUID() choice?: string;
}
