import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { controlCharacters } from '../free-text.templates';
import { hasControls, oneLine } from '../one-line';
import { PURPOSES, type Purpose } from './consent.schema';
import { isConsentVersion, isDigestOf } from './consent-texts';
import {
  contactMissing,
  consentWithoutService,
  noConsentedAddress,
  notMobile,
  unknownConsentText,
  unknownConsentVersion,
} from './contact.templates';
import { LANGUAGES, type Language } from './person.schema';
import { mobileNumber } from './phone';

/** A rule of one property whose answer carries a code and texts of our own. */
export function rule(name: string, context: object, holds: (value: unknown, object: object) => boolean) {
  return (): PropertyDecorator => (target, propertyName) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      // Without a message class-validator drops the context.
      options: { context, message: name },
      validator: { validate: (value, args) => holds(value, args?.object ?? {}) },
    });
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
export const trimmed = () => Transform(({ value }: { value: unknown }) => (isText(value) ? oneLine(value) : value));

export const IsPlain = rule('isPlain', controlCharacters, (value) => !isText(value) || !hasControls(value));

/** A text of one line that can be seen as it is. */
export const IsLine = (shortest: number, longest: number) =>
  applyDecorators(IsString(), trimmed(), IsPlain(), MinLength(shortest), MaxLength(longest));

/** An e-mail address. */
export const IsAddress = () => applyDecorators(IsString(), trimmed(), IsPlain(), IsEmail(), MaxLength(254));

export const IsMobile = rule('isMobile', notMobile, (value) => isText(value) && mobileNumber(value) !== null);

/** That an object holds an e-mail address or a phone. */
export const HasAddress = rule('hasAddress', contactMissing, (contact) => {
  const { email, phone } = (contact ?? {}) as Partial<ContactDetails>;
  return typeof contact !== 'object' || !!email || !!phone;
});

/** A person and at least one address; the phone in any way that people write it. */
export class ContactDetails {
  @IsLine(2, 120) name!: string;
  @IsOptional() @IsLine(2, 60) position?: string;
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
}

const IncludesService = rule('includesService', consentWithoutService, (purposes) =>
  Array.isArray(purposes) ? purposes.includes('service') : false,
);

const IsKnownText = rule('isKnownText', unknownConsentVersion, isConsentVersion);
const IsDigestOfText = rule('isDigestOfText', unknownConsentText, (digest, consent) => {
  const { version } = consent as { version?: unknown };
  return !isText(digest) || !isText(version) || isDigestOf(version, digest);
});

/** What the person agreed to: the version of the text, for what, and over which channels. */
export class ConsentDetails {
  @IsKnownText() @IsLine(1, 40) version!: string;
  /** SHA-256 of the words that were shown, in hex: the proof of what was agreed to. */
  @IsOptional() @IsDigestOfText() @Matches(/^[0-9a-f]{64}$/) textHash?: string;
  @IncludesService() @ArrayMaxSize(PURPOSES.length) @IsIn(PURPOSES, { each: true }) @IsArray() purposes!: Purpose[];
  @ArrayMinSize(1) @ArrayMaxSize(CHANNELS.length) @IsIn(CHANNELS, { each: true }) @IsArray() channels!: Channel[];
}

const ReachesSomebody = rule('reachesSomebody', noConsentedAddress, (_consent, body) => {
  const { contact, consent } = body as ContactAndConsent;
  const hasAddress = !!contact?.email || !!contact?.phone;
  if (!hasAddress || !Array.isArray(consent?.channels)) return true;
  return consent.channels.some((channel) => !!(channel === 'email' ? contact.email : contact.phone));
});

/** The part of a body that starts a verification. */
export class ContactAndConsent {
  @HasAddress() @ValidateNested() @Type(() => ContactDetails) contact!: ContactDetails;
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
