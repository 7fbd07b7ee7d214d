import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { PURPOSES, type Purpose } from './consent.schema';
import { contactMissing, consentWithoutService, noConsentedAddress, notMobile } from './contact.templates';
import { LANGUAGES, type Language } from './person.schema';
import { mobileNumber } from './phone';

/** A rule of one property whose answer carries a code and texts of our own. */
function rule(name: string, context: object, holds: (value: unknown, object: object) => boolean) {
  return () => (target: object, propertyName: string) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName,
      // Without a message class-validator drops the context.
      options: { context, message: name },
      validator: { validate: (value, args) => holds(value, args?.object ?? {}) },
    });
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
export const trimmed = () => Transform(({ value }: { value: unknown }) => (isText(value) ? value.trim() : value));

export const IsMobile = rule('isMobile', notMobile, (value) => isText(value) && mobileNumber(value) !== null);

const HasAddress = rule('hasAddress', contactMissing, (_name, contact) => {
  const { email, phone } = contact as ContactDetails;
  return email !== undefined || phone !== undefined;
});

/** A person and at least one address; the phone in any way that people write it. */
export class ContactDetails {
  @HasAddress() @MaxLength(120) @MinLength(2) @trimmed() @IsString() name!: string;
  @IsOptional() @MaxLength(60) @MinLength(2) @trimmed() @IsString() position?: string;
  @IsOptional() @MaxLength(254) @IsEmail() @trimmed() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
}

const IncludesService = rule('includesService', consentWithoutService, (purposes) =>
  Array.isArray(purposes) ? purposes.includes('service') : false,
);

/** What the person agreed to: the version of the text, for what, and over which channels. */
export class ConsentDetails {
  @MaxLength(40) @MinLength(1) @IsString() version!: string;
  @IncludesService() @ArrayMaxSize(PURPOSES.length) @IsIn(PURPOSES, { each: true }) @IsArray() purposes!: Purpose[];
  @ArrayMinSize(1) @ArrayMaxSize(CHANNELS.length) @IsIn(CHANNELS, { each: true }) @IsArray() channels!: Channel[];
}

const ReachesSomebody = rule('reachesSomebody', noConsentedAddress, (_consent, body) => {
  const { contact, consent } = body as ContactAndConsent;
  const hasAddress = contact?.email !== undefined || contact?.phone !== undefined;
  if (!hasAddress || !Array.isArray(consent?.channels)) return true;
  return consent.channels.some((channel) => (channel === 'email' ? contact.email : contact.phone) !== undefined);
});

/** The part of a body that starts a verification. */
export class ContactAndConsent {
  @ValidateNested() @Type(() => ContactDetails) contact!: ContactDetails;
  @ReachesSomebody() @ValidateNested() @Type(() => ConsentDetails) consent!: ConsentDetails;
}

/** The addresses of a contact as they are kept: e-mail in lower case, phone in E.164. */
export function addressesOf(contact: Pick<ContactDetails, 'email' | 'phone'>): { channel: Channel; address: string }[] {
  const phone = contact.phone ? mobileNumber(contact.phone) : null;
  return [
    ...(contact.email ? [{ channel: 'email' as const, address: contact.email.trim().toLowerCase() }] : []),
    ...(phone ? [{ channel: 'whatsapp' as const, address: phone }] : []),
  ];
}
