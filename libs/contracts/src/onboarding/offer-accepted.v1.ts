import { IsUUID } from 'class-validator';
import { AppListingFact } from './app-listing-fact';

/** A cooperative took up an offer of a listing. The acceptance is the aggregate. */
export class OfferAcceptedV1 extends AppListingFact {
  static readonly event = 'onboarding.offer.accepted.v1';
  @IsUUID() acceptanceId!: string;
  @IsUUID() offerId!: string;
  @IsUUID() cooperativeId!: string;
}
