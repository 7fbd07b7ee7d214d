import { COOPERATIVE_TYPES, type CooperativeType, LISTING_PROOFS, type ListingProof } from '@idxcoop/contracts';
import { PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUrl,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { OFFER_KINDS, type OfferKind } from '../app-listings/app-listing.schema';
import { isDay } from '../day';
import { IsLine, rule } from '../people/contact-details';
import { offerEndsBefore } from './keep-app-listings.templates';

const IsDay = rule('isDay', { code: 'not_a_day' }, (value) => typeof value === 'string' && isDay(value));
const NotBefore = rule('notBefore', offerEndsBefore, (to, offer) => {
  const { startsOn } = offer as OfferDto;
  return typeof to !== 'string' || typeof startsOn !== 'string' || startsOn <= to;
});

export class ProofDto {
  @IsIn(LISTING_PROOFS) kind!: ListingProof;
  /** The number of the registration or the certificate, as it is printed. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9 ./_-]{2,59}$/) number!: string;
  @IsOptional() @IsDay() expiresOn?: string;
}

export class OfferDto {
  @IsIn(OFFER_KINDS) kind!: OfferKind;
  @IsLine(3, 160) title!: string;
  @IsLine(3, 2_000) conditions!: string;
  @IsDay() startsOn!: string;
  @NotBefore() @IsDay() endsOn!: string;
}

export class NewListingDto {
  @IsLine(2, 120) name!: string;
  @IsLine(10, 1_000) summary!: string;
  @MaxLength(300)
  @IsUrl({ protocols: ['https'], require_protocol: true, disallow_auth: true })
  website!: string;
  /** The types of cooperative that it is made for; none: all. */
  @IsOptional()
  @ArrayUnique()
  @ArrayMaxSize(COOPERATIVE_TYPES.length)
  @IsIn(COOPERATIVE_TYPES, { each: true })
  @IsArray()
  types?: CooperativeType[];
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ProofDto)
  @ArrayUnique(({ kind }: ProofDto) => kind)
  @ArrayMaxSize(LISTING_PROOFS.length)
  @IsArray()
  proofs?: ProofDto[];
  /** Replaces all; one that is the same as before keeps its id. */
  @IsOptional() @ValidateNested({ each: true }) @Type(() => OfferDto) @ArrayMaxSize(20) @IsArray() offers?: OfferDto[];
}

/** What changes; what is left out stays. */
export class ChangedListingDto extends PartialType(NewListingDto) {}

export class WithdrawalDto {
  /** Why, as a code. */
  @Matches(/^[a-z][a-zA-Z0-9_]{0,59}$/) reason!: string;
}
