import { IsEmail, IsOptional, IsString, MaxLength, registerDecorator } from 'class-validator';
import { IsMobile, trimmed } from '../people/contact-details';
import { contactMissing } from '../people/contact.templates';

function EitherAddress(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'eitherAddress',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { context: contactMissing, message: 'eitherAddress' },
      validator: {
        validate: (_value, args) => {
          const { email, phone } = args?.object as SendStatusLinkDto;
          return email !== undefined || phone !== undefined;
        },
      },
    });
}

/** Where the new link shall go: one address that is verified already. */
export class SendStatusLinkDto {
  @IsOptional() @MaxLength(254) @IsEmail() @trimmed() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
  @EitherAddress() private readonly address?: never;
}
